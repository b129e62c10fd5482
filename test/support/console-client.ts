import { randomUUID } from "node:crypto";
import { onTestFinished } from "vitest";
import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import { cookieName } from "../../src/console/access/cookies.ts";
import { csrfToken, newToken, tokenHash } from "../../src/console/access/tokens.ts";
import { consoleApp } from "../../src/console/app.ts";
import { type ConsoleSettings, readConsoleSettings } from "../../src/console/console-settings.ts";
import { SpooledSamples } from "../../src/console/forms/spooled-samples.ts";
import type { Route } from "../../src/console/route.ts";
import { routes } from "../../src/console/routes.ts";
import { sampleThreads } from "../../src/console/sample-threads.ts";
import type { ConsoleServices } from "../../src/console/visit.ts";
import type { JobServices } from "../../src/jobs/job-services.ts";
import { readJobSettings } from "../../src/jobs/job-settings.ts";
import { InProcessQueue } from "../../src/jobs/queue/in-process-queue.ts";
import type { LoadedConnector } from "../../src/kit/loaded-connector.ts";
import type { Role } from "../../src/model/publisher/role.ts";
import { readConnectors } from "../../src/registry/load-connectors.ts";
import { withStoredVersions } from "../../src/registry/stored-versions.ts";
import { testNow } from "./made-aids.ts";
import { testServices } from "./test-services.ts";

/** An answer of the console. */
export interface ConsolePage {
  readonly status: number;
  readonly html: string;
  readonly headers: Headers;
  /** Target of a redirect. */
  readonly to: string | null;
  readonly bytes: Uint8Array;
}

/** A user of the console without a browser. */
export interface ConsoleClient {
  readonly personId: string | null;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<ConsolePage>;
  /** Sends a form with its token, without following redirects. */
  post(
    path: string,
    fields?: Readonly<Record<string, string | readonly string[] | Blob>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<ConsolePage>;
  /** The cookie of the session. */
  cookie(): string;
  /** Sends a form and follows its redirect. */
  act(path: string, fields?: Readonly<Record<string, string | readonly string[] | Blob>>): Promise<ConsolePage>;
}

/** The console of a catalogue, without a network. */
export interface TestConsole {
  readonly services: ConsoleServices;
  /** Returns a new user with this role. null: an account without a role; "nobody": an anonymous visitor. */
  as(role: Role | null | "nobody", name?: string): Promise<ConsoleClient>;
  /** Returns a new person of a publisher, who is signed in to its space. `personId` is the id of the account. */
  asPublisher(publisherId: string, email?: string): Promise<ConsoleClient>;
}

/** Differences from the usual console of a test. */
export interface TestConsoleGiven {
  /** Folders of connectors. Default: none. */
  readonly folders?: readonly string[];
  readonly settings?: Partial<ConsoleSettings>;
  readonly jobs?: Partial<JobServices>;
  readonly services?: Partial<JobServices["services"]>;
  readonly routes?: readonly Route[];
  readonly now?: Date;
  /** Where accounts of publishers are created. Default: the catalogue of the console, whose database role may not create any in the public process. */
  readonly accounts?: Catalogue["publisherAccounts"];
}

// Shared by the consoles of a test worker: a thread takes seconds to load TypeScript.
const threads = sampleThreads();

/** Creates the console of a catalogue, at http://console.test. */
export function testConsole(catalogue: Catalogue, given: TestConsoleGiven = {}): TestConsole {
  const quiet = { error: () => undefined, warn: () => undefined, info: () => undefined } as unknown as JobServices["services"]["logger"];
  const now = given.now ?? testNow;
  const clock = { now: () => new Date(now), fixed: null, elapsed: () => performance.now() };
  const folders = given.folders ?? [];
  const registry = async () => withStoredVersions(await readConnectors(folders), await catalogue.connectorVersions.newest(), folders);
  const jobs: JobServices = {
    services: testServices(catalogue, { logger: quiet, clock, ...given.services }),
    queue: new InProcessQueue(),
    settings: readJobSettings({}),
    registry,
    connectors: async (): Promise<readonly LoadedConnector[]> => (await registry()).connectors,
    ...given.jobs,
  };
  const samples = { ...threads, spooled: new SpooledSamples() };
  onTestFinished(() => samples.spooled.close());
  const services: ConsoleServices = {
    samples,
    jobs,
    settings: { ...readConsoleSettings({}), ...given.settings },
    url: given.settings?.url ?? "http://console.test",
  };
  const app = consoleApp(services, given.routes ?? routes);
  const accounts = given.accounts ?? catalogue.publisherAccounts;
  const sessionCookie = cookieName(services, "session");
  const spaceCookie = cookieName(services, "space");
  const clientWith = (cookies: Record<string, string>, personId: string | null): ConsoleClient => {
    const ask = async (path: string, init: RequestInit): Promise<ConsolePage> => {
      const cookie = Object.entries(cookies).map(([key, value]) => `${key}=${value}`);
      const headers = { ...(cookie.length > 0 && { cookie: cookie.join("; ") }), ...(init.headers as Record<string, string>) };
      const answer = await app.request(`${services.url}${path}`, { ...init, headers }, { client: "192.0.2.1" });
      for (const set of answer.headers.getSetCookie()) {
        const [pair = ""] = set.split(";");
        const cut = pair.indexOf("=");
        if (/Max-Age=0\b/.test(set)) delete cookies[pair.slice(0, cut)];
        else cookies[pair.slice(0, cut)] = pair.slice(cut + 1);
      }
      const bytes = new Uint8Array(await answer.arrayBuffer());
      return {
        status: answer.status,
        html: new TextDecoder().decode(bytes),
        headers: answer.headers,
        to: answer.headers.get("location"),
        bytes,
      };
    };
    const get: ConsoleClient["get"] = (path, headers = {}) => ask(path, { headers });
    const post: ConsoleClient["post"] = (path, fields = {}, headers = {}) => {
      const body = new FormData();
      const session = cookies[sessionCookie] ?? cookies[spaceCookie];
      body.append("jeton", session === undefined ? "personne" : csrfToken(session));
      for (const [key, value] of Object.entries(fields)) {
        for (const one of typeof value === "string" || value instanceof Blob ? [value] : value) body.append(key, one as string);
      }
      return ask(path, { method: "POST", body, headers });
    };
    return {
      personId,
      cookie: () => `${sessionCookie}=${cookies[sessionCookie] ?? ""}`,
      get,
      post,
      async act(path, fields) {
        const done = await post(path, fields);
        return done.to === null ? done : get(done.to);
      },
    };
  };
  return {
    services,
    async as(role, name = `${role ?? "sans rôle"}`) {
      if (role === "nobody") return clientWith({}, null);
      const token = newToken();
      const personId = randomUUID();
      await catalogue.people.add({ personId, email: `${personId}@example.fr`, name, role, by: "test", now });
      const expiresAt = new Date(now.getTime() + 86_400_000);
      await catalogue.sessions.begin(personId, {
        tokenHash: tokenHash(token),
        way: "link",
        agent: "test",
        createdAt: now,
        seenAt: now,
        expiresAt,
      });
      return clientWith({ [sessionCookie]: token }, personId);
    },
    async asPublisher(publisherId, email = `${randomUUID()}@producteur.example`) {
      const token = newToken();
      const account = await accounts.invite({ publisherId, email, name: "Personne Invitée", by: "test", now });
      if (account === null) throw new Error(`${email} is invited already`);
      const expiresAt = new Date(now.getTime() + 86_400_000);
      const times = { createdAt: now, seenAt: now, expiresAt };
      await catalogue.publisherSessions.begin(account.accountId, { tokenHash: tokenHash(token), way: "link", agent: "", ...times });
      return clientWith({ [spaceCookie]: token }, account.accountId);
    },
  };
}
