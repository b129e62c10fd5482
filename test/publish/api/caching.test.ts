import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { asSite, connectorOf, testApi } from "../../support/api-client.ts";
import { newCatalogue, postgresql, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { edit } from "../../support/curate.ts";
import { testNow } from "../../support/made-aids.ts";
import { importPublished } from "../../support/published-aids.ts";

const tag = (headers: Headers) => headers.get("etag") ?? "";

describe.each(testedDatabases)("caching of the API, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
      await importPublished(catalogue, "agence", { a: { name: "Une aide" }, b: { name: "Une autre" } });
    });
    afterEach(() => catalogue.drop());

    test("returns 304 for a known answer; a changed aid, another day or another reader gets a new one", async () => {
      let now = testNow;
      const api = await testApi(catalogue, { now: () => now });
      const first = await api.get("/api/aids/");
      expect(tag(first.headers)).toMatch(/^W\/"/);
      expect(first.headers.get("cache-control")).toBe("public, max-age=60, stale-while-revalidate=300");
      const held = { "if-none-match": `"other", ${tag(first.headers)}` };
      const again = await api.get("/api/aids/", held);
      expect([again.status, again.text]).toEqual([304, ""]);
      expect(tag(again.headers)).toBe(tag(first.headers));
      expect((await api.get("/api/aids/?page=2", held)).status).toBe(200);
      expect((await api.get("/api/aids/by-id/999999/", { "if-none-match": "*" })).status).toBe(404);
      const site = await testApi(catalogue, { accessOf: asSite, now: () => now });
      const asked = await site.get("/api/aids/", held);
      expect([asked.status, asked.headers.get("cache-control")]).toEqual([200, "private, max-age=60"]);
      await edit(catalogue, { externalId: "a" }, { name: "Une aide changée" });
      const changed = await api.get("/api/aids/", held);
      expect([changed.status, changed.text.includes("Une aide changée")]).toEqual([200, true]);
      const later = { "if-none-match": tag(changed.headers) };
      expect((await api.get("/api/aids/", later)).status).toBe(304);
      now = new Date(testNow.getTime() + 86_400_000);
      expect((await api.get("/api/aids/", later)).status).toBe(200);
    });

    test("changing a connector changes the answer", async () => {
      const before = await testApi(catalogue, { connectors: [connectorOf("agence", { name: "Agence" })] });
      const after = await testApi(catalogue, { connectors: [connectorOf("agence", { name: "Agence de tous" })] });
      const held = { "if-none-match": tag((await before.get("/api/aids/")).headers) };
      expect((await before.get("/api/aids/", held)).status).toBe(304);
      expect((await after.get("/api/aids/", held)).json.results[0].publisher.name).toBe("Agence de tous");
    });

    test("HEAD returns GET's headers without its body; gzip on request", async () => {
      const api = await testApi(catalogue);
      const get = await api.get("/api/aids/");
      const head = await api.ask("/api/aids/", { method: "HEAD" });
      expect([head.status, head.text, tag(head.headers)]).toEqual([200, "", tag(get.headers)]);
      const answer = await (await import("../../../src/publish/api/api-app.ts"))
        .apiApp(api.services, (await import("../../../src/publish/api/api-routes.ts")).routes)
        .request("http://api.test/api/aids/categories/", { headers: { "accept-encoding": "gzip, br" } }, { client: "192.0.2.1" });
      expect(answer.headers.get("content-encoding")).toBe("gzip");
      const text = gunzipSync(Buffer.from(await answer.arrayBuffer())).toString();
      expect(text).toBe((await api.get("/api/aids/categories/")).text);
      expect(answer.headers.get("vary")).toMatch(/Accept-Encoding/);
    });

    test("all answers have the same headers, problems too", async () => {
      const api = await testApi(catalogue);
      for (const path of ["/api/aids/", "/api/aids/types", "/nothing", "/api/aids/?page=x"]) {
        const { headers } = await api.get(path);
        expect(headers.get("access-control-allow-origin")).toBe("*");
        expect(headers.get("access-control-expose-headers")).toMatch(/ETag.*X-Checksum-Sha256.*RateLimit/);
        expect(headers.get("x-content-type-options")).toBe("nosniff");
        expect(headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
        expect(headers.get("vary")).toMatch(/Authorization/);
        expect(headers.has("set-cookie")).toBe(false);
      }
    });
  });
});

test("notices changes by another process", async ({ skip }) => {
  skip(postgresql.skipped, postgresql.title);
  const catalogue = await newCatalogue(postgresql);
  try {
    await importPublished(catalogue, "agence", { a: { name: "Une aide" } });
    const api = await testApi(await catalogue.again());
    expect((await api.get("/api/aids/")).json.count).toBe(1);
    await edit(catalogue, { externalId: "a" }, { name: "Changée ailleurs" });
    expect((await api.get("/api/aids/")).json.results[0].name).toBe("Changée ailleurs");
  } finally {
    await catalogue.drop();
  }
});
