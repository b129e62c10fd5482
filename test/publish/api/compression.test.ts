import { randomBytes } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { ReadableStream } from "node:stream/web";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { apiApp } from "../../../src/publish/api/api-app.ts";
import type { ApiRoute } from "../../../src/publish/api/api-route.ts";
import { routes as allRoutes } from "../../../src/publish/api/api-routes.ts";
import { makeOpenData } from "../../../src/publish/open-data/make-open-data.ts";
import { type TestApi, testApi } from "../../support/api-client.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { testNow } from "../../support/made-aids.ts";
import { importPublished } from "../../support/published-aids.ts";

/** An answer as it is sent. `plain`: its content without compression. */
interface Sent {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly plain: Buffer;
}

let catalogue: TestCatalogue;
let api: TestApi;
beforeAll(async () => {
  catalogue = await newCatalogue(testDatabase);
  const aids = Array.from({ length: 150 }, (_, at) => [
    `a${at}`,
    { name: `Aide ${at}`, submissionDeadline: "2027-03-31", recurrence: "oneoff" },
  ]);
  await importPublished(catalogue, "agence", Object.fromEntries(aids));
  await makeOpenData({ catalogue, connectors: [] }, () => testNow);
  api = await testApi(catalogue);
});
afterAll(() => catalogue.drop());

async function sent(path: string, headers: Readonly<Record<string, string>> = {}, routes: readonly ApiRoute[] = allRoutes): Promise<Sent> {
  const answer = await apiApp(api.services, routes).request(`http://api.test${path}`, { headers }, { client: "192.0.2.1" });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const plain = answer.headers.get("content-encoding") === "gzip" ? gunzipSync(bytes) : bytes;
  return { status: answer.status, headers: answer.headers, bytes, plain };
}

const gzip = { "accept-encoding": "gzip, deflate, br" };

describe("compression of the API", () => {
  const plainPaths = allRoutes.filter(({ method, path }) => method !== "post" && !path.includes(":")).map(({ path }) => path);
  const files = ["aides.csv", "aides.jsonl", "aides.xlsx", "sources.csv", "left-out.csv", "SHA256SUMS", "catalogue.jsonld"];
  const more = ["/api/aids/by-id/1000000/", "/api/aids/?page=x", "/nothing", "/api/aids/?changed_since=2026-01-01"];

  test.each([...new Set([...plainPaths, ...files.map((file) => `/open-data/${file}`), ...more])])(
    "%s is compressed from 1 kB on, with the same content, validators of each form and a 304",
    async (path) => {
      const [plain, packed] = [await sent(path), await sent(path, gzip)];
      expect(plain.headers.has("content-encoding")).toBe(false);
      expect([packed.status, packed.plain.equals(plain.bytes)]).toEqual([plain.status, true]);
      if (plain.bytes.length >= 1024) expect(packed.headers.get("content-encoding")).toBe("gzip");
      if (packed.headers.has("content-length")) expect(packed.headers.get("content-length")).toBe(String(packed.bytes.length));
      for (const { headers } of [plain, packed]) expect(headers.get("vary")).toContain("Accept-Encoding");
      const [tag, packedTag] = [plain, packed].map(({ headers }) => headers.get("etag"));
      // Both forms differ in bytes, so that a strong tag cannot name both (RFC 9110, 8.8.1).
      if (packed.headers.has("content-encoding") && packedTag != null && !packedTag.startsWith("W/")) expect(packedTag).not.toBe(tag);
      if (packedTag == null) return;
      const known = await sent(path, { ...gzip, "if-none-match": packedTag });
      expect([known.status, known.headers.get("etag"), known.bytes.length]).toEqual([304, packedTag, 0]);
    },
  );

  test("the list of aids as lines, CSV and Atom shrink to a fifth; nothing is compressed for clients that do not ask", async () => {
    for (const path of ["/api/aids.jsonl", "/api/aids.csv", "/api/aids.atom", "/api/aids.ics", "/api/aids/?itemsPerPage=100"]) {
      const { bytes, plain } = await sent(path, gzip);
      expect(bytes.length, path).toBeLessThan(plain.length / 5);
      for (const accepted of ["identity", "br", "gzip;q=0"])
        expect((await sent(path, { "accept-encoding": accepted })).headers.has("content-encoding")).toBe(false);
    }
  });

  test("HEAD returns the headers of GET", async () => {
    for (const path of ["/api/aids/", "/api/aids.jsonl", "/api/", "/open-data/aides.jsonl", "/live"]) {
      const get = await sent(path, gzip);
      const app = apiApp(api.services, allRoutes);
      const head = await app.request(`http://api.test${path}`, { method: "HEAD", headers: gzip }, { client: "192.0.2.1" });
      expect([path, head.status, await head.text(), ...head.headers]).toEqual([path, get.status, "", ...get.headers]);
    }
  });

  test("open data has no ranges: a client that resumes a download gets the whole file", async () => {
    for (const more of [{}, gzip]) {
      const whole = await sent("/open-data/aides.jsonl", more);
      const part = await sent("/open-data/aides.jsonl", { ...more, range: "bytes=100-199" });
      expect([part.status, part.headers.get("accept-ranges"), part.bytes.equals(whole.bytes)]).toEqual([200, "none", true]);
    }
  });

  test("a stream is compressed while it is read, and ends when the client leaves", async () => {
    const piece = randomBytes(100_000);
    let made = 0;
    const generator = new EventEmitter();
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (; ; made++) yield piece;
      } finally {
        generator.emit("left");
      }
    }
    const route: ApiRoute = {
      path: "/endless",
      name: "endless",
      summary: "Sans fin",
      parameters: [],
      answer: () => new Response(ReadableStream.from(endless()), { headers: { "content-type": "application/jsonl" } }),
    };
    const answer = await apiApp(api.services, [route]).request("http://api.test/endless", { headers: gzip }, { client: "192.0.2.1" });
    expect(answer.headers.get("content-encoding")).toBe("gzip");
    const reader = answer.body?.getReader();
    let [read, ahead] = [0, 0];
    while (read < 20_000_000) {
      read += (await reader?.read())?.value?.length ?? 0;
      ahead = Math.max(ahead, made * piece.length - read);
    }
    expect(ahead).toBeLessThan(1_000_000);
    const left = once(generator, "left");
    await reader?.cancel();
    await left;
  });
});
