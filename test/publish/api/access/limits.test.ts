import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { AccessOf } from "../../../../src/publish/api/access/access.ts";
import { accessOfKeys } from "../../../../src/publish/api/access/access-of-keys.ts";
import { createLimits } from "../../../../src/publish/api/access/limit.ts";
import { readApiSettings } from "../../../../src/publish/api/api-settings.ts";
import { ApiProblem } from "../../../../src/publish/api/problem.ts";
import { type StartedApi, startApi } from "../../../../src/publish/api/start-api.ts";
import { apiWithKeys, bearerOf, madeKey } from "../../../support/api-keys.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../../support/catalogues.ts";
import { testNow } from "../../../support/made-aids.ts";
import { until } from "../../../support/until.ts";

let catalogue: TestCatalogue;
beforeAll(async () => {
  catalogue = await newCatalogue(testDatabase);
});
afterAll(() => catalogue.drop());

const clock = { now: () => new Date(testNow) };
/** Starts an API on a free port. */
async function started(accessOf: AccessOf, environment: Readonly<Record<string, string>> = {}): Promise<StartedApi> {
  const api = await startApi({
    catalogue,
    clock: { ...clock, fixed: null, elapsed: () => performance.now() },
    logger: { error: (what) => expect.fail(JSON.stringify(what)) },
    connectors: async () => [],
    settings: { ...readApiSettings(environment), port: 0, url: null },
    accessOf,
  });
  onTestFinished(() => api.close());
  return api;
}

/** Reads a list to its end like a client that follows `next`. Returns the identifiers of the entries by page. */
async function followed(begin: string): Promise<readonly (readonly string[])[]> {
  const pages: string[][] = [];
  for (let next: string | null = begin; next !== null; ) {
    const answer: Response = await fetch(next);
    expect(answer.status, next).toBe(200);
    const page = (await answer.json()) as { readonly next: string | null; readonly results: readonly { readonly id: string }[] };
    pages.push(page.results.map(({ id }) => id));
    next = page.next;
  }
  return pages;
}

const request = (path: string) => new Request(`http://api.test${path}`);

describe("limits of the API", () => {
  test("120 requests a minute per address without a key, with the remaining count, then 429 with Retry-After", async () => {
    const api = await apiWithKeys(catalogue);
    const first = await api.get("/api/aids/");
    expect(first.headers.get("ratelimit-policy")).toBe('"anonymous";q=120;w=60');
    expect(first.headers.get("ratelimit")).toMatch(/^"anonymous";r=119;t=\d+$/);
    const known = await api.get("/api/aids/", { "if-none-match": first.headers.get("etag") ?? "" });
    expect([known.status, known.headers.get("ratelimit")]).toEqual([304, expect.stringContaining("r=118")]);
    const wrong = await api.get("/api/aids/?page=x");
    expect([wrong.status, wrong.headers.get("ratelimit")]).toEqual([400, expect.stringContaining("r=117")]);
    for (let left = 116; left >= 0; left--) expect((await api.get("/api/aids/types/")).status).toBe(200);
    const over = await api.get("/api/aids/");
    expect(over.status).toBe(429);
    expect(over.headers.get("content-type")).toMatch("application/problem+json");
    expect(over.headers.get("ratelimit")).toMatch(/^"anonymous";r=0;t=\d+$/);
    expect(Number(over.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(Number(over.headers.get("retry-after"))).toBeLessThanOrEqual(60);
    expect((await api.get("/live")).status).toBe(200);
    const key = await madeKey(catalogue, { name: "au-delà", perMinute: 4 });
    const bearer = await bearerOf(api, key.key);
    const withKey = [];
    for (let asked = 0; asked < 4; asked++) withKey.push(await api.get("/api/aids/", bearer));
    expect(withKey.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(withKey[0]?.headers.get("ratelimit-policy")).toBe('"key";q=4;w=60');
  });

  test("a new window allows requests again", async () => {
    const limits = createLimits(1);
    const limit = { name: "test", max: 1 };
    expect((await limits.spend(limit, "somebody")).isOver).toBe(false);
    expect((await limits.spend(limit, "somebody")).isOver).toBe(true);
    expect((await limits.spend(limit, "other")).isOver).toBe(false);
    await until("the window ends", async () => !(await limits.look(limit, "somebody")).isOver);
    expect((await limits.spend(limit, "somebody")).isOver).toBe(false);
  });

  test("limits failed exchanges to ten a minute and refused tokens to thirty, so that keys cannot be guessed", async () => {
    const api = await apiWithKeys(catalogue);
    const guess = () => api.ask("/api/connexion/", { method: "POST", headers: { "x-auth-token": "guessed" } });
    for (let left = 9; left >= 0; left--) {
      const { status, headers } = await guess();
      expect([status, headers.get("ratelimit")]).toEqual([401, expect.stringMatching(`^"exchange";r=${left};t=`)]);
    }
    expect((await guess()).status).toBe(429);
    const forged = () => api.get("/api/aids/", { authorization: "Bearer a.b.c" });
    for (let asked = 0; asked < 30; asked++) expect((await forged()).status).toBe(401);
    expect((await forged()).status).toBe(429);
    expect((await api.get("/api/aids/")).status).toBe(200);
  });

  test("exchanges that succeed count as requests with the key, not as failed ones", async () => {
    const api = await apiWithKeys(catalogue);
    const { key } = await madeKey(catalogue, { name: "un échange par requête" });
    const exchange = (given: string) => api.ask("/api/connexion/", { method: "POST", headers: { "x-auth-token": given } });
    for (let asked = 0; asked < 40; asked++) expect((await exchange(key)).status).toBe(200);
    expect((await exchange("guessed")).status).toBe(401);
    expect((await exchange(key)).headers.get("ratelimit")).toMatch(/^"key";r=559;t=/);
  });

  test("an anonymous client reads all territories, in pages of the usual or the largest size, without meeting a limit", async () => {
    const api = await started(accessOfKeys({ apiTokens: catalogue.apiTokens, clock, limits: createLimits() }));
    const usual = await followed(`${api.url}/api/perimeters/`);
    const largest = await followed(`${api.url}/api/perimeters/?itemsPerPage=1000`);
    const all = new Set(usual.flat());
    expect(all.size).toBeGreaterThan(36_000);
    expect([usual.length, largest.length]).toEqual([Math.ceil(all.size / 50), Math.ceil(all.size / 1000)]);
    expect(new Set(largest.flat())).toEqual(all);
    expect((await fetch(`${api.url}/api/aids/types/`)).headers.get("ratelimit")).toMatch(/^"anonymous";r=119;t=/);
  });

  test("counts an IPv6 /64 as one address, and IPv4 in any notation", async () => {
    const access = accessOfKeys({ apiTokens: catalogue.apiTokens, clock, limits: createLimits() });
    const left = async (client: string) => (await access(request("/api/aids/"), client)).headers?.ratelimit?.match(/r=(\d+)/)?.[1];
    expect(await left("2001:db8:1:2::1")).toBe("119");
    expect(await left("2001:db8:1:2:ffff::9")).toBe("118");
    expect(await left("2001:db8:1:3::1")).toBe("119");
    expect(await left("198.51.100.7")).toBe("119");
    expect(await left("::ffff:198.51.100.7")).toBe("118");
    expect(await left("")).toBe("119");
  });

  test("bounds memory for a client with many addresses", async () => {
    const limits = createLimits();
    setFlagsFromString("--expose-gc");
    const collect: () => void = runInNewContext("gc");
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let client = 0; client < 300_000; client++) await limits.spend({ name: "many", max: 1000 }, `client ${client}`);
    collect();
    // 27 MB; 137 MB without a bound.
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(80_000_000);
  }, 60_000);

  test("behind a proxy, trusts only the last forwarded address; without a proxy, none", async () => {
    for (const [proxy, expected] of [
      ["yes", [200, 200, 429, 200]],
      ["no", [200, 200, 429, 429]],
    ] as const) {
      const limits = createLimits();
      const [apiTokens, everyAsk] = [catalogue.apiTokens, { name: "ask", max: 2 }];
      const inner = accessOfKeys({ apiTokens, clock, limits });
      const counted: AccessOf = async (asked, client) => {
        const { isOver, headers } = await limits.spend(everyAsk, client);
        if (isOver) throw new ApiProblem(429, { headers });
        return inner(asked, client);
      };
      const api = await started(counted, { MOISSON_API_PROXY: proxy, MOISSON_API_URL: "https://api.exemple.fr" });
      const ask = async (forwarded: string) =>
        (await fetch(`${api.url}/api/aids/types/`, { headers: { "x-forwarded-for": forwarded } })).status;
      const statuses = [];
      for (const forwarded of ["1.1.1.1, 203.0.113.5", "2.2.2.2, 203.0.113.5", "3.3.3.3,203.0.113.5", "203.0.113.6"])
        statuses.push(await ask(forwarded));
      expect(statuses).toEqual(expected);
    }
  });
});
