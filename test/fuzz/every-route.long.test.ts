import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { Parser } from "htmlparser2";
import { describe, expect, it } from "vitest";
import { csrfToken, newToken, tokenHash } from "../../src/console/access/tokens.ts";
import { publicRoutes, routes } from "../../src/console/routes.ts";
import { routes as apiRoutes } from "../../src/publish/api/api-routes.ts";
import { crawl } from "../console/journeys/crawl.ts";
import { fillCatalogue } from "../console/journeys/full-catalogue.ts";
import { linksOn } from "../console/journeys/links-on.ts";
import { publisherWithAids } from "../console/space/publishers-with-aids.ts";
import { freePort } from "../faults/free-port.ts";
import { newCatalogue, postgresql, type TestCatalogue } from "../support/catalogues.ts";
import { moisson } from "../support/moisson.ts";
import { type ServerProcess, sendRaw, serverProcess } from "../support/server-process.ts";
import { until } from "../support/until.ts";
import { allOddHeaders, type HostileRequest, hostileRequests, type Target } from "./hostile-requests.ts";

/** Set `MOISSON_FUZZ_SEED` to try other values. A failure names the seed. */
const seed = Number(process.env.MOISSON_FUZZ_SEED ?? 1);
const withinMs = 30_000;
const maxMegabytes = 600;
const atOnce = 4;
const stack = /\bat [^\n<]*\(?(?:file:|node:|\/)[^\n<]*:\d+:\d+/;
const unknown = "00000000-0000-4000-8000-000000000000";

/** Sends the requests to all targets, and returns what must not happen. */
async function fuzz(server: ServerProcess, targets: AsyncIterable<Target> | Iterable<Target>): Promise<string[]> {
  const wrong: string[] = [];
  let sent = 0;
  const send = async (request: HostileRequest) => {
    sent++;
    // An address of its own, because limits count per network.
    const headers = { "x-forwarded-for": `10.${(sent >> 16) & 255}.${(sent >> 8) & 255}.${sent & 255}`, ...request.headers };
    const { status, text, ms, problem } = await sendRaw(server.url, { ...request, headers }, withinMs);
    const what = `seed ${seed}: ${request.method} ${request.path.slice(0, 200)}, ${request.what}`;
    if (status >= 500) wrong.push(`${status} ${what}`);
    if (ms > withinMs || problem === "no answer in time") wrong.push(`no answer: ${what}`);
    if (stack.test(text)) wrong.push(`stack: ${what}`);
  };
  for await (const target of targets) {
    const requests = hostileRequests(target, seed + sent);
    for (let first = 0; first < requests.length; first += atOnce) await Promise.all(requests.slice(first, first + atOnce).map(send));
  }
  expect(sent).toBeGreaterThan(100);
  expect(server.peakMegabytes()).toBeLessThan(maxMegabytes);
  return wrong;
}

/** Opens a session of a new admin, because an act may end the session of the one before. */
async function signedIn(catalogue: TestCatalogue): Promise<{ readonly cookie: string; readonly csrf: string }> {
  const token = newToken();
  const personId = randomUUID();
  const now = new Date();
  await catalogue.people.add({ personId, email: `${personId}@example.fr`, name: "Anne", role: "admin", by: "test", now });
  const times = { createdAt: now, seenAt: now, expiresAt: new Date(now.getTime() + 86_400_000) };
  await catalogue.sessions.begin(personId, { tokenHash: tokenHash(token), way: "link", agent: "test", ...times });
  return { cookie: `moisson-session=${token}`, csrf: csrfToken(token) };
}

/** The fields of the forms on a page, by action, and the address without its query. */
function formsOn(html: string, address: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  let fields: Set<string> | undefined;
  const parser = new Parser({
    onopentag(tag, { action = address, name }) {
      if (tag === "form") {
        const path = new URL(action, "http://console.test").pathname;
        fields = found.get(path) ?? new Set();
        found.set(path, fields);
      }
      if (name !== undefined && name !== "jeton" && ["input", "select", "textarea", "button"].includes(tag)) fields?.add(name);
    },
    onclosetag(tag) {
      if (tag === "form") fields = undefined;
    },
  });
  parser.end(html);
  return found;
}

/** Signs in several people of a publisher, because one request signs out and acts are limited. Returns the session tokens. */
async function publisherSessions(catalogue: TestCatalogue, publisherId: string, count: number): Promise<string[]> {
  const now = new Date();
  const times = { createdAt: now, seenAt: now, expiresAt: new Date(now.getTime() + 86_400_000) };
  const tokens = Array.from({ length: count }, newToken);
  for (const [place, token] of tokens.entries()) {
    const account = await catalogue.publisherAccounts.invite({
      publisherId,
      email: `p${place}@region.example`,
      name: "Léa",
      by: "test",
      now,
    });
    await catalogue.publisherSessions.begin(account?.accountId ?? "", { tokenHash: tokenHash(token), way: "link", agent: "", ...times });
  }
  return tokens;
}

const patternOf = (path: string) => new RegExp(`^${path.replace(/:\w+(\{[^}]*\})?/g, "[^/]+")}$`);

describe.skipIf(postgresql.skipped)("hostile requests to every route", { timeout: 1_800_000 }, () => {
  it("of the console are answered without a fault", async () => {
    const catalogue = await newCatalogue(postgresql);
    const { folders, trial } = await fillCatalogue(catalogue);
    const port = await freePort();
    const server = await serverProcess(["console"], {
      DATABASE_URL: catalogue.databaseUrl ?? "",
      MOISSON_CONNECTORS: folders[0] ?? "",
      MOISSON_SECRET: "a secret of the fuzzer, long enough",
      MOISSON_CONSOLE_PORT: `${port}`,
      MOISSON_CONSOLE_URL: `http://127.0.0.1:${port}`,
      MOISSON_CONSOLE_PROXY: "yes",
    });
    // Real addresses and the names that pages know, so that requests reach further than "not found".
    const names = new Map<string, Set<string>>();
    const add = (path: string, more: Iterable<string>) => names.set(path, new Set([...(names.get(path) ?? []), ...more]));
    const visitor = await signedIn(catalogue);
    await crawl(["/", trial], 1, async (address) => {
      const { status, text } = await sendRaw(server.url, { path: address, headers: { cookie: visitor.cookie } });
      const { pathname, searchParams } = new URL(address, server.url);
      if (status !== 200) return [];
      add(pathname, searchParams.keys());
      for (const [path, fields] of formsOn(text, address)) add(path, fields);
      return linksOn(text, address);
    });
    const targets = async function* (): AsyncGenerator<Target> {
      // The next test asks for the routes of publishers.
      for (const { method, path, who } of routes.filter((route) => route.who !== "publisher")) {
        const pattern = patternOf(path);
        const real = [...names.keys()].find((known) => pattern.test(known));
        const at = real ?? path.replace(/:\w+(\{[^}]*\})?/g, unknown);
        const { cookie, csrf } = await signedIn(catalogue);
        const isOpen = who === "public" || who === "anyone";
        const target = { path: at, names: [...(names.get(at) ?? [])], headers: isOpen ? {} : { cookie }, csrf: isOpen ? "personne" : csrf };
        yield { ...target, method: method === "get" ? "GET" : "POST" };
      }
    };
    const wrong = await fuzz(server, targets());
    for (const path of ["/", "/verifier", "/connexion", "/dsfr/dsfr.min.css"]) {
      for (const request of allOddHeaders({ method: "GET", path, names: [], headers: { cookie: visitor.cookie } })) {
        const { status, text } = await sendRaw(server.url, request, withinMs);
        if (status >= 500 || stack.test(text)) wrong.push(`${status} GET ${path} ${request.what}`);
      }
    }
    expect([...new Set(wrong)]).toEqual([]);
    expect((await sendRaw(server.url, { path: "/connexion" })).status).toBe(200);
    await catalogue.drop();
  });

  it("of the public pages are answered without a fault", async () => {
    const catalogue = await newCatalogue(postgresql);
    const port = await freePort();
    const environment = { DATABASE_URL: catalogue.databaseUrl ?? "", MOISSON_PUBLIC_PORT: `${port}`, MOISSON_PUBLIC_PROXY: "yes" };
    const { publisherId, harvest, aids } = await publisherWithAids(catalogue, "Région Exemple", "Toiture");
    const server = await serverProcess(["public"], {
      ...environment,
      MOISSON_CONNECTORS: harvest.folder,
      MOISSON_PUBLIC_URL: `http://127.0.0.1:${port}`,
    });
    const sessions = await publisherSessions(catalogue, publisherId, publicRoutes.length);
    const targets = publicRoutes.map(
      ({ method, path, who }, place): Target => ({
        method: method === "get" ? "GET" : "POST",
        path: path
          .replace(":aide", aids[0] ?? unknown)
          .replace(":connecteur", harvest.connector)
          .replace(/:\w+(\{[^}]*\})?/g, newToken()),
        names: [
          "fichier",
          "adresse",
          "organisme",
          "point",
          "reponse",
          "remarque",
          "retour",
          "q",
          "statut",
          "page",
          "jour",
          "aide.name",
          "revision",
        ],
        headers: who === "publisher" ? { cookie: `moisson-space=${sessions[place] ?? ""}` } : {},
        csrf: who === "publisher" ? csrfToken(sessions[place] ?? "") : "personne",
      }),
    );
    expect([...new Set(await fuzz(server, targets))]).toEqual([]);
    expect((await sendRaw(server.url, { path: "/publier-ses-aides" })).status).toBe(200);
    await catalogue.drop();
  });

  it("of the API are answered without a fault", async () => {
    const catalogue = await newCatalogue(postgresql);
    await fillCatalogue(catalogue);
    const made = await catalogue.apiTokens.create({ name: "fuzzer", scope: "site", perMinute: 60_000, by: "test" }, new Date());
    const environment = { DATABASE_URL: catalogue.databaseUrl ?? "", MOISSON_API_PORT: `${await freePort()}` };
    expect((await moisson(["open-data"], environment)).code).toBe(0);
    const server = await serverProcess(["api"], environment);
    const exchange = { method: "POST", path: "/api/connexion/", headers: { "x-auth-token": made?.key ?? "" } };
    const { token } = JSON.parse((await sendRaw(server.url, exchange)).text) as { token: string };
    const headers = { authorization: `Bearer ${token}` };
    const listed = JSON.parse((await sendRaw(server.url, { path: "/api/aids/?itemsPerPage=1", headers })).text) as {
      results: readonly { id: number; slug: string }[];
    };
    const [aid] = listed.results;
    const targets = apiRoutes.flatMap(({ path, otherPaths = [], parameters, method }) =>
      [path, ...otherPaths].map(
        (one): Target => ({
          method: method === "post" ? "POST" : "GET",
          path: one
            .replace(":id", `${aid?.id ?? 1}`)
            .replace(":slug", aid?.slug ?? "x")
            .replace(":file", "aides.csv"),
          names: parameters.flatMap(({ name, otherNames = [] }) => [name, ...otherNames]),
          headers,
        }),
      ),
    );
    const hostileIds = ["constructor", "__proto__", "-1", "9".repeat(40), "1e9", "a".repeat(3000)];
    const paths = hostileIds.flatMap((id) => [`/api/aids/by-id/${id}/`, `/api/aids/${id}/`, `/open-data/${id}`]);
    const wrong = await fuzz(server, [...targets, ...paths.map((path): Target => ({ method: "GET", path, names: [], headers }))]);
    expect([...new Set(wrong)]).toEqual([]);
    expect((await sendRaw(server.url, { path: "/ready" })).status).toBe(200);
    // Names of JavaScript's prototypes are no slugs.
    for (const name of ["category_slugs", "organization_type_slugs", "aid_type_slugs"])
      expect((await sendRaw(server.url, { path: `/api/aids/?${name}=constructor`, headers })).status).toBe(400);
    // Nothing hostile keeps the process from counting later searches without a result.
    await sendRaw(server.url, { path: "/api/aids/?text=introuvable", headers });
    await until(
      "the search without a result",
      async () => (await catalogue.store.rows(sql`select 1 from search_misses where keyword = 'introuvable'`)).length > 0,
      90_000,
    );
    await catalogue.drop();
  });
});
