import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { FeedRefused, FeedUnreachable } from "../../../src/model/run/run-error.ts";
import { askFeed, connectorOf, failureOf, noPatience, textsOf } from "../../support/ask-feed.ts";
import { feedServer, type ScriptedAnswer } from "../../support/feed-server.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Fetches `/flux.json` of a server that gives these answers. */
async function ask(answers: readonly ScriptedAnswer[], around = noPatience(), request: Partial<Parameters<typeof askFeed>[0]> = {}) {
  const server = await feedServer();
  const url = server.on("/flux.json", ...answers);
  return { server, url, feed: askFeed({ connector: connectorOf({ url }), allowHosts: [server.host], ...request }, around) };
}

describe("a feed in one answer", () => {
  it("comes with its hash, size, kind, name and what the server said", async () => {
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

  it("is named as the server names it, without its folders", async () => {
    const named = async (header: string) =>
      (await (await ask([{ body: "x", headers: { "content-disposition": header } }])).feed).parts.map((part) => part.name);
    expect(await named('attachment; filename="../../aides 2026.csv.gz"')).toEqual(["aides 2026.csv.gz"]);
    expect(await named("attachment; filename=plain.xml; filename*=UTF-8''d%C3%A9p%C3%B4t.xml")).toEqual(["dépôt.xml"]);
    expect(await named("inline")).toEqual(["flux.json"]);
  });

  it("tells how far it is", async () => {
    const told: number[] = [];
    const { feed } = await ask([{ body: "12345" }], noPatience(), { onProgress: (bytes) => told.push(bytes) });
    await feed;
    expect(told.at(-1)).toBe(5);
  });

  it("asks politely, and as the connector wants it", async () => {
    const { feed, server } = await ask([{ body: "x" }, { body: "x" }]);
    await feed;
    const connector = connectorOf({ url: `${server.origin}/flux.json`, headers: { "User-Agent": "Mozilla/5.0", "X-Lang": "fr" } });
    await askFeed({ connector, allowHosts: [server.host] });
    expect(server.requests.map(({ headers }) => headers)).toMatchObject([
      { "user-agent": expect.stringMatching(/^Moisson/), "accept-encoding": "gzip, deflate, br" },
      { "user-agent": "Mozilla/5.0", "x-lang": "fr" },
    ]);
  });
});

describe("a feed that has not changed", () => {
  const validators = { etag: '"v1"', lastModified: "Tue, 03 Mar 2026 10:00:00 GMT" };

  it("answers 304 and has no parts", async () => {
    const { feed, server } = await ask([{ status: 304, headers: { etag: '"v1"' } }], noPatience(), { validators });
    expect(await feed).toMatchObject({ notModified: true, parts: [], hash: "", bytes: 0, etag: '"v1"' });
    expect(server.requests[0]?.headers).toMatchObject({ "if-none-match": '"v1"', "if-modified-since": validators.lastModified });
  });

  it("is asked for without conditions where nothing is held, and where another address is given", async () => {
    const { feed, server, url } = await ask([{ body: "x" }, { body: "x" }]);
    await feed;
    await askFeed({ connector: connectorOf({ url }), url, allowHosts: [server.host], validators });
    for (const { headers } of server.requests) expect(Object.keys(headers)).not.toContain("if-none-match");
  });

  it("cannot be told by 304 where nobody asked", async () => {
    const { feed } = await ask([{ status: 304 }]);
    expect(await failureOf(feed)).toMatchObject({ code: "http-refused", params: { status: 304 } });
  });
});

describe("an answer that is no feed", () => {
  it.each([400, 401, 403, 404, 410, 451])("%d is refused, and asked for once", async (status) => {
    const { feed, url } = await ask([{ status, body: "<h1>no</h1>" }]);
    const error = await failureOf(feed);
    expect(error).toBeInstanceOf(FeedRefused);
    expect([error.code, error.params]).toEqual(["http-refused", { status, url }]);
  });

  it.each([202, 408, 429, 500, 502, 503, 504])("%d three times is unreachable", async (status) => {
    const around = noPatience();
    const { feed, url } = await ask([{ status }, { status }, { status }], around);
    const error = await failureOf(feed);
    expect(error).toBeInstanceOf(FeedUnreachable);
    expect([error.code, error.params]).toEqual(["server-busy", { status, url }]);
    expect(around.waits).toEqual([1000, 2000]);
  });

  it("206, a part that nobody asked for, is no whole feed", async () => {
    const part = { status: 206, body: "[1,", headers: { "content-range": "bytes 0-2/7" } };
    const { feed } = await ask([part, part, part]);
    expect(await failureOf(feed)).toMatchObject({ outcome: "unreachable", code: "body-cut-short" });
  });
});

describe("trying again", () => {
  it("waits as long as the server asks, then reads", async () => {
    const around = noPatience();
    const { feed } = await ask([{ status: 503, headers: { "retry-after": "7" } }, { status: 429 }, { body: "here" }], around);
    expect(await textsOf(await feed)).toEqual(["here"]);
    expect(around.waits).toEqual([7000, 2000]);
  });

  it("reads a date against the server's own clock", async () => {
    const around = noPatience();
    const headers = { date: "Sun, 01 Jan 2040 00:00:00 GMT", "retry-after": "Sun, 01 Jan 2040 00:00:30 GMT" };
    const { feed } = await ask([{ status: 503, headers }, { body: "here" }], around);
    await feed;
    expect(around.waits).toEqual([30_000]);
  });

  it("gives up at once where the wait is longer than a minute, and says how long", async () => {
    const around = noPatience();
    const { feed } = await ask([{ status: 503, headers: { "retry-after": "3600" } }], around);
    expect(await failureOf(feed)).toMatchObject({ outcome: "unreachable", retryAfterSeconds: 3600 });
    expect(around.waits).toEqual([]);
  });

  it.each(["soon", "-5", "1.5", ""])("takes Retry-After %j for nothing said", async (value) => {
    const around = noPatience();
    const { feed } = await ask([{ status: 503, headers: { "retry-after": value } }, { body: "here" }], around);
    await feed;
    expect(around.waits).toEqual([1000]);
  });

  it("scatters its waits over the whole span (full jitter)", async () => {
    const around = noPatience({ random: () => 0.25 });
    const { feed } = await ask([{ status: 500 }, { status: 500 }, { body: "here" }], around);
    await feed;
    expect(around.waits).toEqual([250, 500]);
  });

  it("starts the part afresh: nothing of a broken body is left", async () => {
    const { feed } = await ask([{ body: "a longer body that breaks", cutAfter: 20 }, { body: "whole" }]);
    expect(await textsOf(await feed)).toEqual(["whole"]);
    expect((await feed).hash).toBe(sha256("whole"));
  });

  it("ends when the run is cancelled, with the reason given", async () => {
    const controller = new AbortController();
    const reason = new Error("cancelled by a person");
    const around = noPatience({
      wait: async () => {
        controller.abort(reason);
        controller.signal.throwIfAborted();
      },
    });
    const { feed } = await ask([{ status: 503 }], around, { signal: controller.signal });
    await expect(feed).rejects.toBe(reason);
  });
});
