import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { FeedRefused, FeedUnreachable } from "../../../src/model/run/run-error.ts";
import { feedServer, type ScriptedAnswer } from "../../support/feed-server.ts";
import { connectorOf, failureOf, fetchTestFeed, noDelays, textsOf } from "../../support/fetch-test-feed.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Fetches `/flux.json` of a server with these answers. */
async function ask(answers: readonly ScriptedAnswer[], timing = noDelays(), request: Partial<Parameters<typeof fetchTestFeed>[0]> = {}) {
  const server = await feedServer();
  const url = server.on("/flux.json", ...answers);
  return { server, url, feed: fetchTestFeed({ connector: connectorOf({ url }), allowHosts: [server.host], ...request }, timing) };
}

describe("a feed in one answer", () => {
  it("has a hash, size, type, name and the validators of the server", async () => {
    const headers = { etag: '"v1"', "last-modified": "Tue, 03 Mar 2026 10:00:00 GMT", "content-type": "application/json" };
    const { feed, url } = await ask([{ body: "[1,2,3]", headers }]);
    const { parts, ...rest } = await feed;
    expect(rest).toEqual({
      hash: sha256("[1,2,3]"),
      bytes: 7,
      notModified: false,
      etag: '"v1"',
      lastModified: "Tue, 03 Mar 2026 10:00:00 GMT",
      announcedTotal: null,
      stoppedEarly: null,
      dataset: null,
    });
    expect(parts).toMatchObject([{ name: "flux.json", contentType: "application/json", bytes: 7, sha256: sha256("[1,2,3]"), url }]);
    expect(await textsOf(await feed)).toEqual(["[1,2,3]"]);
  });

  it("has the name that the server gives, without folders", async () => {
    const named = async (header: string) =>
      (await (await ask([{ body: "x", headers: { "content-disposition": header } }])).feed).parts.map((part) => part.name);
    expect(await named('attachment; filename="../../aides 2026.csv.gz"')).toEqual(["aides 2026.csv.gz"]);
    expect(await named("attachment; filename=plain.xml; filename*=UTF-8''d%C3%A9p%C3%B4t.xml")).toEqual(["dépôt.xml"]);
    expect(await named("inline")).toEqual(["flux.json"]);
  });

  it("reports its progress", async () => {
    const progress: number[] = [];
    const { feed } = await ask([{ body: "12345" }], noDelays(), { onProgress: (bytes) => progress.push(bytes) });
    await feed;
    expect(progress.at(-1)).toBe(5);
  });

  it("is requested with polite headers and those of the connector", async () => {
    const { feed, server } = await ask([{ body: "x" }, { body: "x" }]);
    await feed;
    const connector = connectorOf({ url: `${server.origin}/flux.json`, headers: { "User-Agent": "Mozilla/5.0", "X-Lang": "fr" } });
    await fetchTestFeed({ connector, allowHosts: [server.host] });
    expect(server.requests.map(({ headers }) => headers)).toMatchObject([
      { "user-agent": expect.stringMatching(/^Moisson/), "accept-encoding": "gzip, deflate, br" },
      { "user-agent": "Mozilla/5.0", "x-lang": "fr" },
    ]);
  });
});

describe("an unchanged feed", () => {
  const validators = { etag: '"v1"', lastModified: "Tue, 03 Mar 2026 10:00:00 GMT" };

  it("is a 304 without parts", async () => {
    const { feed, server } = await ask([{ status: 304, headers: { etag: '"v1"' } }], noDelays(), { validators });
    expect(await feed).toMatchObject({ notModified: true, parts: [], hash: "", bytes: 0, etag: '"v1"' });
    expect(server.requests[0]?.headers).toMatchObject({ "if-none-match": '"v1"', "if-modified-since": validators.lastModified });
  });

  it("is requested unconditionally if nothing is stored, and at another address", async () => {
    const { feed, server, url } = await ask([{ body: "x" }, { body: "x" }]);
    await feed;
    await fetchTestFeed({ connector: connectorOf({ url }), url, allowHosts: [server.host], validators });
    for (const { headers } of server.requests) expect(Object.keys(headers)).not.toContain("if-none-match");
  });

  it("is not a 304 to an unconditional request", async () => {
    const { feed } = await ask([{ status: 304 }]);
    expect(await failureOf(feed)).toMatchObject({ code: "http-refused", params: { status: 304 } });
  });
});

describe("an answer without a feed", () => {
  it.each([400, 401, 403, 404, 410, 451])("%d is refused, and requested once", async (status) => {
    const { feed, url } = await ask([{ status, body: "<h1>no</h1>" }]);
    const error = await failureOf(feed);
    expect(error).toBeInstanceOf(FeedRefused);
    expect([error.code, error.params]).toEqual(["http-refused", { status, url }]);
  });

  it.each([202, 408, 429, 500, 502, 503, 504])("%d three times is unreachable", async (status) => {
    const timing = noDelays();
    const { feed, url } = await ask([{ status }, { status }, { status }], timing);
    const error = await failureOf(feed);
    expect(error).toBeInstanceOf(FeedUnreachable);
    expect([error.code, error.params]).toEqual(["server-busy", { status, url }]);
    expect(timing.waits).toEqual([1000, 2000]);
  });

  it("206, a partial answer that was not requested, is not a feed", async () => {
    const part = { status: 206, body: "[1,", headers: { "content-range": "bytes 0-2/7" } };
    const { feed } = await ask([part, part, part]);
    expect(await failureOf(feed)).toMatchObject({ outcome: "unreachable", code: "body-cut-short" });
  });
});

describe("a retry", () => {
  it("waits as long as the server requests, then reads", async () => {
    const timing = noDelays();
    const { feed } = await ask([{ status: 503, headers: { "retry-after": "7" } }, { status: 429 }, { body: "here" }], timing);
    expect(await textsOf(await feed)).toEqual(["here"]);
    expect(timing.waits).toEqual([7000, 2000]);
  });

  it("reads a Retry-After date by the server's own clock", async () => {
    const timing = noDelays();
    const headers = { date: "Sun, 01 Jan 2040 00:00:00 GMT", "retry-after": "Sun, 01 Jan 2040 00:00:30 GMT" };
    const { feed } = await ask([{ status: 503, headers }, { body: "here" }], timing);
    await feed;
    expect(timing.waits).toEqual([30_000]);
  });

  it("is not made if the wait exceeds a minute, which the error contains", async () => {
    const timing = noDelays();
    const { feed } = await ask([{ status: 503, headers: { "retry-after": "3600" } }], timing);
    expect(await failureOf(feed)).toMatchObject({ outcome: "unreachable", retryAfterSeconds: 3600 });
    expect(timing.waits).toEqual([]);
  });

  it.each(["soon", "-5", "1.5", ""])("ignores Retry-After %j", async (value) => {
    const timing = noDelays();
    const { feed } = await ask([{ status: 503, headers: { "retry-after": value } }, { body: "here" }], timing);
    await feed;
    expect(timing.waits).toEqual([1000]);
  });

  it("has its delay spread over the whole range (full jitter)", async () => {
    const timing = noDelays({ random: () => 0.25 });
    const { feed } = await ask([{ status: 500 }, { status: 500 }, { body: "here" }], timing);
    await feed;
    expect(timing.waits).toEqual([250, 500]);
  });

  it("starts the part again, without a rest of the truncated body", async () => {
    const { feed } = await ask([{ body: "a longer body that breaks", cutAfter: 20 }, { body: "whole" }]);
    expect(await textsOf(await feed)).toEqual(["whole"]);
    expect((await feed).hash).toBe(sha256("whole"));
  });

  it("ends with the reason if the run is cancelled", async () => {
    const controller = new AbortController();
    const reason = new Error("cancelled by a person");
    const timing = noDelays({
      wait: async () => {
        controller.abort(reason);
        controller.signal.throwIfAborted();
      },
    });
    const { feed } = await ask([{ status: 503 }], timing, { signal: controller.signal });
    await expect(feed).rejects.toBe(reason);
  });
});
