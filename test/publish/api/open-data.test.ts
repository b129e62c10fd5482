import { createHash, randomBytes } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serveOpenData } from "../../../src/publish/api/serve-open-data.ts";
import { makeOpenData } from "../../../src/publish/open-data/make-open-data.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { importLiveAids } from "../../support/live-aids.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 25, 4, minute, 0, 123));
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const publisher = { name: "Moisson", email: "contact@exemple.fr" };

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`open data served, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    let app: Hono;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
      app = new Hono();
      const serving = { openData: catalogue.openData, url: "https://api.exemple.fr", publisher };
      app.all("/open-data/*", (context) => serveOpenData(serving, context.req.raw));
    });
    afterEach(() => catalogue.drop());

    const ask = async (name: string, headers: Record<string, string> = {}, method = "GET") =>
      app.request(`http://here/open-data/${name}`, { method, headers });
    const dump = (minute: number) => makeOpenData({ catalogue, connectors: [] }, () => at(minute));
    const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

    it("before the first dump, answers when to try again", async () => {
      const response = await ask("aides.csv");
      expect([response.status, response.headers.get("retry-after")]).toEqual([503, "3600"]);
      expect(response.headers.get("content-type")).toContain("application/problem+json");
    });

    it("the index lists every file with its address and checksum", async () => {
      await importLiveAids(catalogue, "region-exemple", [{ externalId: "1" }]);
      await dump(0);
      const index = (await (await ask("")).json()) as {
        aids: number;
        files: { name: string; url: string; sha256: string; bytes: number }[];
      };
      expect(index.aids).toBe(1);
      expect(index.files.map(({ name }) => name)).toEqual([
        "aides.csv",
        "aides.jsonl",
        "aides.xlsx",
        "sources.csv",
        "left-out.csv",
        "SHA256SUMS",
      ]);
      for (const { name, url, sha256: said, bytes } of index.files) {
        expect(url).toBe(`https://api.exemple.fr/open-data/${name}`);
        const response = await ask(name);
        const body = await bytesOf(response);
        expect([sha256(body), body.length]).toEqual([said, bytes]);
        expect(response.headers.get("etag")).toBe(`"${said}"`);
        expect(response.headers.get("content-length")).toBe(String(bytes));
        expect(response.headers.get("x-checksum-sha256")).toBe(said);
        expect(response.headers.get("last-modified")).toBe("Wed, 25 Nov 2026 04:00:00 GMT");
        expect(response.headers.get("content-encoding")).toBeNull();
      }
    });

    it("sends gzip to clients that accept it, and the same content uncompressed to others", async () => {
      await importLiveAids(catalogue, "region-exemple", [{ externalId: "1" }]);
      await dump(0);
      const plain = await bytesOf(await ask("aides.jsonl"));
      const zipped = await ask("aides.jsonl", { "accept-encoding": "br, gzip" });
      const body = await bytesOf(zipped);
      expect(zipped.headers.get("content-encoding")).toBe("gzip");
      expect(zipped.headers.get("content-length")).toBe(String(body.length));
      expect(zipped.headers.get("vary")).toBe("Accept-Encoding");
      expect(gunzipSync(body).equals(plain)).toBe(true);
      for (const refused of ["gzip;q=0", "br", "identity"]) {
        expect((await bytesOf(await ask("aides.jsonl", { "accept-encoding": refused }))).equals(plain)).toBe(true);
      }
    });

    it("does not send a known file again, by tag or by date", async () => {
      await dump(0);
      const known = await ask("aides.csv");
      const etag = known.headers.get("etag") ?? "";
      const zippedTag = (await ask("aides.csv", { "accept-encoding": "gzip" })).headers.get("etag") ?? "";
      expect(zippedTag).not.toBe(etag);
      for (const tag of [etag, `W/${etag}`, zippedTag, `"other", ${etag}`, "*"]) {
        const response = await ask("aides.csv", { "if-none-match": tag });
        expect([response.status, response.headers.get("etag"), await response.text()]).toEqual([304, etag, ""]);
      }
      expect((await ask("aides.csv", { "if-none-match": '"other"' })).status).toBe(200);
      const modified = known.headers.get("last-modified") ?? "";
      expect((await ask("aides.csv", { "if-modified-since": modified })).status).toBe(304);
      expect((await ask("aides.csv", { "if-modified-since": "Tue, 24 Nov 2026 04:00:00 GMT" })).status).toBe(200);
      expect((await ask("aides.csv", { "if-none-match": '"other"', "if-modified-since": modified })).status).toBe(200);
    });

    it("HEAD returns the headers only; other methods and unknown names are refused", async () => {
      await dump(0);
      const head = await ask("aides.csv", {}, "HEAD");
      expect([head.status, await head.text()]).toEqual([200, ""]);
      expect(Number(head.headers.get("content-length"))).toBeGreaterThan(100);
      const post = await ask("aides.csv", {}, "POST");
      expect([post.status, post.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
      for (const name of ["aides.txt", "../aides.csv", "aides.csv/", "%2e%2e%2faides.csv"]) expect((await ask(name)).status).toBe(404);
    });

    it("a download completes while a new dump replaces the old one", async () => {
      const big = randomBytes(6_000_000);
      const old = await catalogue.openData.begin(at(0));
      await catalogue.openData.write(old, "aides.csv", "text/csv", pieces(big));
      await catalogue.openData.finish(
        old,
        { aids: 0, inNationalSchema: 0, leftOut: {}, sources: [], updatedFrom: null, updatedTo: null },
        at(0),
      );
      const reader = (await ask("aides.csv")).body?.getReader();
      const got: Uint8Array[] = [];
      const first = await reader?.read();
      if (first?.value !== undefined) got.push(first.value);
      await dump(1);
      for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) got.push(next.value);
      expect(Buffer.concat(got).equals(big)).toBe(true);
      expect((await bytesOf(await ask("aides.csv"))).length).toBeLessThan(1000);
    });
  });
}

async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
