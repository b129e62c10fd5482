import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { feedServer, type ScriptedAnswer } from "../../support/feed-server.ts";
import { connectorOf, failureOf, fetchTestFeed, noDelays, textsOf } from "../../support/fetch-test-feed.ts";

const megabyte = 1024 ** 2;

async function ask(answers: readonly ScriptedAnswer[], limits: { maxMegabytes?: number; timeoutSeconds?: number } = {}) {
  const server = await feedServer();
  const url = server.on("/f.csv", ...answers);
  return fetchTestFeed({ connector: connectorOf({ url, ...limits }), allowHosts: [server.host] });
}

/** Fetches from a server that sends these bytes to every request, and then closes the connection. */
async function askRaw(head: string, body: string | Uint8Array = "") {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => socket.write(head, () => socket.end(body)));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => void server.close());
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return fetchTestFeed({ connector: connectorOf({ url: `http://${host}/f` }), allowHosts: [host] });
}

/** Yields a chunk this many times, endlessly by default. */
async function* chunks(chunk: string | Uint8Array, times = Number.POSITIVE_INFINITY): AsyncGenerator<string | Uint8Array> {
  for (let sent = 0; sent < times; sent++) yield chunk;
}

describe("an encoded body", () => {
  it.each(["gzip", "deflate", "deflate-raw", "br"] as const)("%s is decoded, and the hash is that of the content", async (encoding) => {
    const plain = await ask([{ body: "id;titre\n1;Été\n" }]);
    const encoded = await ask([{ body: "id;titre\n1;Été\n", encoding }]);
    expect(await textsOf(encoded)).toEqual(["id;titre\n1;Été\n"]);
    expect([encoded.hash, encoded.bytes]).toEqual([plain.hash, plain.bytes]);
  });

  it("encoded twice is decoded twice, encoded three times is refused", async () => {
    const twice = gzipSync(gzipSync("id"));
    expect(await textsOf(await ask([{ body: twice, headers: { "content-encoding": "gzip, x-gzip" } }]))).toEqual(["id"]);
    const error = await failureOf(ask([{ body: gzipSync(twice), headers: { "content-encoding": "gzip, gzip, gzip" } }]));
    expect([error.outcome, error.code]).toEqual(["unreadable", "unsupported-file"]);
  });

  it("does not include a .gz file without Content-Encoding, which is kept", async () => {
    const bytes = gzipSync("id;titre");
    const feed = await ask([{ body: bytes, headers: { "content-type": "application/gzip" } }]);
    expect(feed.bytes).toBe(bytes.length);
  });

  it("in an encoding that was not requested is unreadable", async () => {
    const error = await failureOf(ask([{ body: "x", headers: { "content-encoding": "zstd" } }]));
    expect([error.outcome, error.code, error.params.reason]).toEqual(["unreadable", "unsupported-file", "zstd"]);
  });

  it.each(["gzip", "br", "deflate"])("with a false Content-Encoding %s is unreadable", async (encoding) => {
    const error = await failureOf(
      ask([{ body: "<!doctype html><p>not compressed at all</p>", headers: { "content-encoding": encoding } }]),
    );
    expect([error.outcome, error.code]).toEqual(["unreadable", "malformed"]);
  });

  it.each(["gzip", "br", "deflate"] as const)("%s that ends early is truncated, even with the right length", async (encoding) => {
    const text = Array.from({ length: 2000 }, (_, row) => `${row};${Math.sin(row)}`).join("\n");
    const bytes = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }[encoding](text);
    const half = { body: bytes.subarray(0, bytes.length / 2), headers: { "content-encoding": encoding } };
    const error = await failureOf(ask([half, half, half]));
    expect([error.outcome, error.code]).toEqual(["unreachable", "body-cut-short"]);
  });
});

describe("a large body", () => {
  it("over the limit by its Content-Length is refused before it is read", async () => {
    const error = await failureOf(ask([{ body: new Uint8Array(megabyte + 1) }], { maxMegabytes: 1 }));
    expect([error.outcome, error.code, error.params]).toEqual(["unreadable", "over-budget", { budget: "downloadMegabytes", limit: 1 }]);
  });

  it("over the limit without Content-Length is refused while it is read, even if endless", async () => {
    const error = await failureOf(ask([{ body: chunks("x".repeat(64 * 1024)) }], { maxMegabytes: 1 }));
    expect([error.outcome, error.code]).toEqual(["unreadable", "over-budget"]);
  });

  it("of exactly the limit is read", async () => {
    expect((await ask([{ body: new Uint8Array(megabyte) }], { maxMegabytes: 1 })).bytes).toBe(megabyte);
  });

  it("is refused if it exceeds the limit when decoded", async () => {
    const body = Buffer.from(Array.from({ length: 400_000 }, (_, row) => `${row}\n`).join(""));
    const error = await failureOf(ask([{ body, encoding: "gzip" }], { maxMegabytes: 1 }));
    expect([error.outcome, error.code, error.params]).toEqual(["unreadable", "over-budget", { budget: "downloadMegabytes", limit: 1 }]);
  });

  it("that expands like a bomb is refused long before the limit", async () => {
    for (const encoding of ["gzip", "br"] as const) {
      const progress: number[] = [];
      const server = await feedServer();
      const url = server.on("/bomb", { body: new Uint8Array(64 * megabyte), encoding });
      const request = { connector: connectorOf({ url }), allowHosts: [server.host], onProgress: (bytes: number) => progress.push(bytes) };
      const error = await failureOf(fetchTestFeed(request));
      expect([error.outcome, error.code]).toEqual(["unreadable", "decompression-limit"]);
      expect(progress.at(-1)).toBeLessThan(40 * megabyte);
    }
  });

  it("of endless empty gzip members is refused by its compressed size", async () => {
    const members = Buffer.concat(Array.from({ length: 1000 }, () => gzipSync("")));
    const error = await failureOf(ask([{ body: chunks(members), headers: { "content-encoding": "gzip" } }], { maxMegabytes: 1 }));
    expect([error.outcome, error.code]).toEqual(["unreadable", "over-budget"]);
  });
});

describe("an incomplete body", () => {
  it("is truncated: with Content-Length", async () => {
    const cut = { body: "0123456789", cutAfter: 4 };
    const error = await failureOf(ask([cut, cut, cut]));
    expect([error.outcome, error.code, error.params.url]).toEqual(["unreachable", "body-cut-short", expect.stringContaining("/f.csv")]);
  });

  it("is truncated: in chunks", async () => {
    const error = await failureOf(askRaw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"));
    expect([error.outcome, error.code]).toEqual(["unreachable", "body-cut-short"]);
  });

  it("without a first byte ends by the timeout", async () => {
    const error = await failureOf(ask([{ silent: true }, { silent: true }, { silent: true }], { timeoutSeconds: 0.1 }));
    expect([error.outcome, error.code, error.params.seconds]).toEqual(["unreachable", "timed-out", 0.1]);
  });

  it("without a resolved name ends by the timeout", async () => {
    const connector = connectorOf({ url: "http://flux.region.fr/f", timeoutSeconds: 0.1 });
    const error = await failureOf(fetchTestFeed({ connector }, noDelays({ resolve: () => undefined })));
    expect([error.outcome, error.code]).toEqual(["unreachable", "timed-out"]);
  });

  it("drop by drop (slowloris) ends by the timeout", async () => {
    async function* drip(): AsyncGenerator<string> {
      for (;;) {
        yield "x";
        await new Promise((next) => setTimeout(next, 10));
      }
    }
    const error = await failureOf(ask([{ body: drip() }, { body: drip() }, { body: drip() }], { timeoutSeconds: 0.15 }));
    expect([error.outcome, error.code]).toEqual(["unreachable", "timed-out"]);
  });

  it("ends when the run is cancelled", async () => {
    const controller = new AbortController();
    const server = await feedServer();
    const url = server.on("/f", { body: chunks("x".repeat(1024)) });
    const reason = new Error("cancelled by a person");
    const onProgress = (bytes: number) => bytes > 100_000 && controller.abort(reason);
    const timing = noDelays();
    const request = {
      connector: connectorOf({ url }),
      allowHosts: [server.host],
      signal: controller.signal,
      onProgress: (n: number) => void onProgress(n),
    };
    await expect(fetchTestFeed(request, timing)).rejects.toBe(reason);
    expect(timing.waits).toEqual([]);
  });

  it("is unreachable if nobody listens or the answer is not HTTP", async () => {
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.resume();
      socket.end("SSH-2.0-OpenSSH_9.2\r\n");
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const attempt = () => failureOf(fetchTestFeed({ connector: connectorOf({ url: `http://${host}/f` }), allowHosts: [host] }));
    const notHttp = await attempt();
    await new Promise((closed) => server.close(closed));
    const nobody = await attempt();
    expect([notHttp.outcome, notHttp.code]).toEqual(["unreachable", "connection-failed"]);
    expect([nobody.code, nobody.params.reason]).toEqual(["connection-failed", "ECONNREFUSED"]);
  });
});

describe("a body larger than the buffers of the connection", () => {
  const body = Buffer.alloc(5 * megabyte, "x");

  it.each([
    ["ends with the connection, HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\n"],
    ["ends with the connection, HTTP/1.1", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"],
    ["has its exact length, and the connection closes", `HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`],
  ])("that %s is read whole", async (_, head) => {
    expect((await askRaw(head, body)).bytes).toBe(body.length);
  });

  it("that is longer than its Content-Length is read up to that length", async () => {
    const head = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length - 10}\r\n\r\n`;
    expect((await askRaw(head, body)).bytes).toBe(body.length - 10);
  });

  it.each(["HTTP/1.0", "HTTP/1.1"])("that is shorter than its Content-Length is truncated, %s", async (version) => {
    const error = await failureOf(askRaw(`${version} 200 OK\r\nContent-Length: ${2 * body.length}\r\n\r\n`, body));
    expect([error.outcome, error.code]).toEqual(["unreachable", "body-cut-short"]);
  });
});

describe("the disk", () => {
  it("with a write error is our failure, not the publisher's", async () => {
    const server = await feedServer();
    const url = server.on("/f", { body: "x" });
    const error = await failureOf(
      fetchTestFeed({ connector: connectorOf({ url }), allowHosts: [server.host], spoolFolder: async () => "/nowhere/at/all" }),
    );
    expect([error.outcome, error.code, error.params]).toEqual([
      "failed",
      "storage-failed",
      { reason: "ENOENT", place: "temporary-folder" },
    ]);
  });
});
