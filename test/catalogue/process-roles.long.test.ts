import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import { sql } from "drizzle-orm";
import { describe, expect, it, onTestFinished } from "vitest";
import { connectPostgresql } from "../../src/catalogue/connection/connect-postgresql.ts";
import { type Catalogue, openCatalogue } from "../../src/catalogue/open-catalogue.ts";
import { newToken, tokenHash } from "../../src/console/access/tokens.ts";
import { readPublicSettings } from "../../src/console/console-settings.ts";
import { publicRoutes, routes } from "../../src/console/routes.ts";
import { periodicTasks } from "../../src/jobs/tasks/periodic-tasks.ts";
import { workOnce } from "../../src/jobs/worker/work-once.ts";
import { type ServerProcess, serverProcesses } from "../../src/platform/process-variables.ts";
import { accessOfKeys } from "../../src/publish/api/access/access-of-keys.ts";
import { createLimits } from "../../src/publish/api/access/limit.ts";
import { routes as apiRoutes } from "../../src/publish/api/api-routes.ts";
import { readApiSettings } from "../../src/publish/api/api-settings.ts";
import { startApi } from "../../src/publish/api/start-api.ts";
import { crawl } from "../console/journeys/crawl.ts";
import { type FullCatalogue, fillCatalogue } from "../console/journeys/full-catalogue.ts";
import { linksOn } from "../console/journeys/links-on.ts";
import { postgresql, type TestCatalogue } from "../support/catalogues.ts";
import { testConsole } from "../support/console-client.ts";
import { testNow } from "../support/made-aids.ts";
import { moisson } from "../support/moisson.ts";
import { catalogueWithRoles } from "../support/process-roles.ts";

const unknown = "00000000-0000-4000-8000-000000000000";
const clock = { now: () => new Date(testNow), fixed: null, elapsed: () => performance.now() };

/** Statements that only some processes may perform. */
const guarded: readonly (readonly [statement: string, ...may: ServerProcess[]])[] = [
  ["select password from people", "console"],
  ["select name from people", "console", "worker"],
  ["select token_hash from sessions", "console"],
  ["select sealed from second_factors", "console"],
  ["select token_hash from sign_in_links", "console"],
  ["select token_hash from publisher_sessions", "public", "console", "worker"],
  ["select token_hash from publisher_links", "public", "console", "worker"],
  ["select sealed from stored_secrets", "console", "worker"],
  ["select content from letters", "public", "console", "worker"],
  ["select remark from letter_answers", "public", "console", "worker"],
  ["select email from publisher_contacts", "console", "worker"],
  ["select email from publisher_accounts", "public", "console", "worker"],
  ["update publisher_accounts set email = email", "console", "worker"],
  ["select content from publisher_files", "console", "worker"],
  ["update publishers set corrections = corrections", "console", "worker"],
  ["select details from audit", "console", "worker"],
  ["delete from audit", "worker"],
  ["update audit set by = by"],
  ["update aids set status = status", "console", "worker"],
  ["update aid_search set title = title", "console", "worker"],
  ["delete from letters", "console", "worker"],
  ["insert into search_misses values ('2026-01-01', 'x', '', '', 1)", "api", "console", "worker"],
  ["update api_tokens set scope = scope", "console", "worker"],
  ["create table intruder (x int)"],
  ["truncate aid_history"],
];

describe.skipIf(postgresql.skipped)("database roles of the processes", { timeout: 600_000 }, () => {
  const failures: string[] = [];
  const log = (what: { readonly err?: unknown }, message?: string) => void failures.push(`${message}: ${inspect(what, { depth: 4 })}`);
  const logger = { error: log, warn: () => undefined, info: () => undefined, debug: () => undefined } as never;
  const isQuiet = () => expect(failures.splice(0)).toEqual([]);

  const withRoles = async () => {
    const opened: Catalogue[] = [];
    const { owner, urlOf } = await catalogueWithRoles();
    onTestFinished(async () => {
      for (const catalogue of opened) await catalogue.close();
    });
    const openAs = async (process: ServerProcess) => {
      const catalogue = await openCatalogue({ databaseUrl: urlOf(process), home: "" });
      opened.push(catalogue);
      return catalogue;
    };
    return { owner, urlOf, openAs };
  };

  it("may do only what their process needs", async () => {
    const { owner, urlOf } = await withRoles();
    // Again, as at an upgrade.
    expect(await owner.roles.update({})).toEqual(["moisson_api", "moisson_public", "moisson_console", "moisson_worker"]);
    const wrong: string[] = [];
    for (const process of serverProcesses) wrong.push(...(await wrongRights(process, urlOf(process))));
    expect(wrong).toEqual([]);
  });

  it("let each process do all of its work", async () => {
    const { owner, openAs } = await withRoles();
    const filled = await fillCatalogue(owner);
    while ((await owner.search.catchUp()) > 0);
    await serveApi(owner, await openAs("api"));
    await servePublic(owner, await openAs("public"), filled);
    await serveConsole(await openAs("console"), filled);
    await work(await openAs("worker"), filled);
  });

  /** Returns the guarded statements that the role of a process may perform although it must not, or the reverse. */
  async function wrongRights(process: ServerProcess, url: string): Promise<string[]> {
    const { store, close } = await connectPostgresql({ url, schema: "moisson" });
    const wrong: string[] = [];
    for (const [statement, ...may] of guarded) {
      const undone = new Error("rolled back");
      const outcome = await store
        .transaction(async (transaction) => {
          await transaction.rows(sql.raw(statement));
          throw undone;
        })
        .catch((error: unknown) => (error === undone ? "done" : JSON.stringify(error)));
      const isDenied = outcome.includes("42501");
      // The trigger refuses to delete recent entries, whoever asks.
      const isDone = outcome === "done" || outcome.includes("never changed");
      if (may.includes(process) ? !isDone : !isDenied) wrong.push(`${process}: ${statement}: ${outcome}`);
    }
    await close();
    return wrong;
  }

  /** Asks every address of the API. */
  async function serveApi(owner: TestCatalogue, catalogue: Catalogue): Promise<void> {
    const { key } = (await owner.apiTokens.create({ name: "une ville", scope: "site", perMinute: 600, by: "marie" }, testNow)) ?? {
      key: "",
    };
    expect((await moisson(["open-data"], { DATABASE_URL: owner.databaseUrl ?? "" })).code).toBe(0);
    const limits = createLimits();
    const accessOf = accessOfKeys({ apiTokens: catalogue.apiTokens, clock, limits });
    const api = await startApi({
      catalogue,
      clock,
      logger,
      connectors: async () => [],
      settings: { ...readApiSettings({}), port: 0 },
      accessOf,
    });
    const get = async (path: string) => {
      const answer = await fetch(`${api.url}${path}`);
      const text = await answer.text();
      if (answer.status >= 500) failures.push(`${answer.status} ${path}`);
      return text;
    };
    const aids = JSON.parse(await get("/api/aids/?itemsPerPage=3")) as { results: { id: number; slug: string }[] };
    const [first] = aids.results;
    expect(first).toBeDefined();
    for (const { path, parameters, method } of apiRoutes) {
      if (method === "post") continue;
      const at = path
        .replace(":id", `${first?.id}`)
        .replace(":slug", first?.slug ?? "")
        .replace(":file", "aides.csv");
      await get(at);
      for (const { name, example } of parameters) await get(`${at}?${name}=${encodeURIComponent(example)}`);
    }
    await get("/api/aids/?keyword=introuvable-absolument");
    const exchange = await fetch(`${api.url}/api/connexion/`, { method: "POST", headers: { "x-auth-token": key } });
    const { token } = (await exchange.json()) as { token: string };
    expect((await fetch(`${api.url}/api/aids/`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    await api.close();
    isQuiet();
    const { count } = await owner.store.row<{ count: number }>(sql`select count(*)::int as count from search_misses`);
    expect(count).toBeGreaterThan(0);
    // Workers index.
    await owner.store.rows(sql`update search_state set up_to = 0`);
    expect(await catalogue.search.catchUp()).toBe(0);
    while ((await owner.search.catchUp()) > 0);
  }

  /** Asks for every public page, and sends its forms. */
  async function servePublic(owner: TestCatalogue, catalogue: Catalogue, filled: FullCatalogue): Promise<void> {
    const [letterToken, previewToken] = [newToken(), newToken()];
    await owner.store.rows(sql`update letters set token_hash = ${tokenHash(letterToken)}`);
    const [draft] = await owner.store.rows<{ id: string }>(sql`select id from drafts limit 1`);
    const shared = { draftId: draft?.id ?? randomUUID(), publisherId: null, by: "marie", at: testNow };
    const content = { publisher: "Région", valid: 0, publishable: 0, missing: [], aids: [] };
    await owner.previews.add({ ...shared, content, until: new Date(testNow.getTime() + 86_400_000), tokenHash: tokenHash(previewToken) });
    const site = testConsole(catalogue, {
      folders: filled.folders,
      settings: readPublicSettings({}),
      routes: publicRoutes,
      services: { logger },
    });
    const nobody = await site.as("nobody");
    const statuses: Record<string, number> = {};
    for (const { method, path } of publicRoutes) {
      const at = path.replace("/apercu/:jeton", `/apercu/${previewToken}`).replace(":jeton", letterToken);
      const fields =
        path === "/verifier"
          ? { fichier: new File(["id;titre\n1;Une aide\n"], "aides.csv") }
          : { point: "0", reponse: "corrected", remarque: "C’est fait" };
      const page = method === "get" ? await nobody.get(at) : await nobody.post(at, fields);
      statuses[`${method} ${path}`] = page.status;
    }
    isQuiet();
    expect(statuses).toMatchObject({
      "get /lettre/:jeton": 200,
      "get /lettre/:jeton/annexe.csv": 200,
      "post /lettre/:jeton/reponses": 303,
      "get /apercu/:jeton": 200,
      "get /verifier": 200,
      "post /verifier": 200,
    });
    expect(Object.values(statuses).filter((status) => status >= 500)).toEqual([]);
  }

  /** Opens pages of every kind as an admin, and sends every form. */
  async function serveConsole(catalogue: Catalogue, filled: FullCatalogue): Promise<void> {
    const console = testConsole(catalogue, { folders: filled.folders, services: { logger } });
    const admin = await console.as("admin");
    const wrong: string[] = [];
    await crawl(["/", filled.trial], 1, async (address) => {
      const page = await admin.get(address);
      if (page.status >= 500) wrong.push(`${page.status} ${address}`);
      if (page.to !== null) return page.to.startsWith("/") ? [page.to] : [];
      return page.headers.get("content-type")?.startsWith("text/html") ? linksOn(page.html, address) : [];
    });
    for (const { method, path } of routes) {
      if (method !== "post" || path === "/deconnexion") continue;
      const page = await admin.post(path.replace(/:\w+(\{[^}]*\})?/g, unknown));
      if (page.status >= 500) wrong.push(`${page.status} post ${path}`);
    }
    await admin.post("/connecteurs/region-pleine/lancer");
    expect(wrong).toEqual([]);
    isQuiet();
  }

  /** Does waiting runs and all periodic tasks. */
  async function work(catalogue: Catalogue, filled: FullCatalogue): Promise<void> {
    const { services } = testConsole(catalogue, { folders: filled.folders, services: { logger } });
    await workOnce(services.jobs, {});
    for (const task of periodicTasks) await task.perform(services.jobs, new AbortController().signal);
    while ((await catalogue.search.catchUp()) > 0);
    isQuiet();
  }
});
