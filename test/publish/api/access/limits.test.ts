import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { accessOfKeys } from "../../../../src/publish/api/access/access-of-keys.ts";
import { createLimits } from "../../../../src/publish/api/access/limit.ts";
import { readApiSettings } from "../../../../src/publish/api/api-settings.ts";
import { ApiProblem } from "../../../../src/publish/api/problem.ts";
import { startApi } from "../../../../src/publish/api/start-api.ts";
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
    const key = await madeKey(catalogue, { name: "au-delà", perMinute: 3 });
    const bearer = await bearerOf(api, key.key);
    const withKey = [];
    for (let asked = 0; asked < 4; asked++) withKey.push(await api.get("/api/aids/", bearer));
    expect(withKey.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(withKey[0]?.headers.get("ratelimit-policy")).toBe('"key";q=3;w=60');
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

  test("limits exchanges to ten a minute and refused tokens to thirty, so that keys cannot be guessed", async () => {
    const api = await apiWithKeys(catalogue);
    const guess = () => api.ask("/api/connexion/", { method: "POST", headers: { "x-auth-token": "guessed" } });
    for (let asked = 0; asked < 10; asked++) expect((await guess()).status).toBe(401);
    expect((await guess()).status).toBe(429);
    const forged = () => api.get("/api/aids/", { authorization: "Bearer a.b.c" });
    for (let asked = 0; asked < 30; asked++) expect((await forged()).status).toBe(401);
    expect((await forged()).status).toBe(429);
    expect((await api.get("/api/aids/")).status).toBe(200);
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
      const settings = readApiSettings({ MOISSON_API_PROXY: proxy, MOISSON_API_URL: "https://api.exemple.fr" });
      const api = await startApi({
        catalogue,
        clock: { ...clock, fixed: null, elapsed: () => performance.now() },
        logger: { error: (what) => expect.fail(JSON.stringify(what)) },
        connectors: async () => [],
        settings: { ...settings, port: 0, url: null },
        accessOf: async (asked, client) => {
          const { isOver, headers } = await limits.spend(everyAsk, client);
          if (isOver) throw new ApiProblem(429, { headers });
          return inner(asked, client);
        },
      });
      onTestFinished(() => api.close());
      const ask = async (forwarded: string) =>
        (await fetch(`${api.url}/api/aids/types/`, { headers: { "x-forwarded-for": forwarded } })).status;
      const statuses = [];
      for (const forwarded of ["1.1.1.1, 203.0.113.5", "2.2.2.2, 203.0.113.5", "3.3.3.3,203.0.113.5", "203.0.113.6"])
        statuses.push(await ask(forwarded));
      expect(statuses).toEqual(expected);
    }
  });
});
