import { describe, expect, it } from "vitest";
import { feedServer, type ScriptedAnswer } from "../../support/feed-server.ts";
import { failureOf, noDelays } from "../../support/fetch-test-feed.ts";
import { byPage, idsOf, jsonPages, page, walk } from "../../support/walk-feed.ts";

describe("a failing page", () => {
  it("is requested three times, then the walk stops early with the pages before", async () => {
    const server = await feedServer();
    const timing = noDelays();
    server.on("/f?page=1", page([1, 2], 4));
    server.on("/f?page=2", { status: 503 }, { status: 503 }, { status: 503 });
    const feed = await walk(server, "/f", { paging: byPage }, jsonPages, timing);
    expect(await idsOf(feed)).toEqual([[1, 2]]);
    expect(feed.stoppedEarly?.params).toEqual({
      page: 2,
      received: 2,
      announced: 4,
      reason: "page-failed",
      error: "server-busy",
      status: 503,
      url: `${server.origin}/f?page=2`,
    });
    expect(timing.waits).toHaveLength(2);
  });

  it("twice is read the third time, and the walk continues", async () => {
    const server = await feedServer();
    server.on("/f?page=1", page([1], 3));
    server.on("/f?page=2", { status: 503 }, { status: 429 }, page([2], 3));
    server.on("/f?page=3", page([3], 3));
    const feed = await walk(server, "/f", { paging: byPage });
    expect([await idsOf(feed), feed.stoppedEarly]).toEqual([[[1], [2], [3]], null]);
  });

  it("with a truncated body is requested again, and is dropped if it is truncated each time", async () => {
    const server = await feedServer();
    const cut: ScriptedAnswer = { ...page([2, 3], 3), cutAfter: 20 };
    server.on("/f?page=1", page([1], 3));
    server.on("/f?page=2", cut, cut, cut);
    const feed = await walk(server, "/f", { paging: byPage });
    expect(await idsOf(feed)).toEqual([[1]]);
    expect(feed.stoppedEarly?.params).toMatchObject({ reason: "page-failed", error: "body-cut-short" });
  });

  it("only once is read the second time", async () => {
    const server = await feedServer();
    server.on("/f?page=1", page([1], 2));
    server.on("/f?page=2", { body: "[", cutAfter: 0 }, page([2], 2));
    expect((await walk(server, "/f", { paging: byPage })).stoppedEarly).toBeNull();
  });

  it("that is the first one makes the feed refused or unreachable", async () => {
    const server = await feedServer();
    server.on("/f?page=1", { status: 401 }, { status: 500 }, { status: 500 }, { status: 500 });
    expect(await failureOf(walk(server, "/f", { paging: byPage }))).toMatchObject({ outcome: "refused" });
    expect(await failureOf(walk(server, "/f", { paging: byPage }))).toMatchObject({ outcome: "unreachable" });
  });

  it("with status 200 and a web page, or with the feed's own error, stops the walk early", async () => {
    const server = await feedServer();
    server.on("/html?page=1", page([1]));
    server.on("/html?page=2", { body: "<html><title>Maintenance</title></html>" });
    server.on("/error?page=1", page([1], undefined, { status: "success" }));
    server.on("/error?page=2", page([2], undefined, { status: "error" }));
    server.on("/object?page=1", page([1]));
    server.on("/object?page=2", { body: { error: { code: 500, message: "index unavailable" } } });
    const html = await walk(server, "/html", { paging: byPage });
    const object = await walk(server, "/object", { paging: byPage });
    const error = await walk(server, "/error", { paging: byPage }, { ...jsonPages, mustBe: { status: "success" } });
    for (const feed of [html, object, error]) {
      expect([feed.parts.length, feed.stoppedEarly?.params.reason]).toEqual([1, "not-a-page"]);
    }
  });

  it("that is the first one, with status 200 and a web page, is reported by decode", async () => {
    const server = await feedServer();
    server.on("/f?page=1", { body: "<html><title>Maintenance</title></html>" });
    const feed = await walk(server, "/f", { paging: byPage });
    expect([feed.parts.length, feed.stoppedEarly]).toEqual([1, null]);
  });
});

describe("limits of pages", () => {
  it("nesting bombs are ordinary pages, which decode refuses", async () => {
    const server = await feedServer();
    server.on("/f?page=1", { body: `{"results":[${"[".repeat(100_000)}${"]".repeat(100_000)}]}` });
    server.on("/f?page=2", page([]));
    expect((await walk(server, "/f", { paging: byPage })).parts).toHaveLength(1);
  });

  it("too many pages are unreadable, even if each is new", async () => {
    const server = await feedServer();
    for (const number of [1, 2, 3]) server.on(`/f?page=${number}`, page([number]));
    const error = await failureOf(walk(server, "/f", { paging: byPage, maxPages: 3 }));
    expect([error.outcome, error.code, error.params]).toEqual(["unreadable", "over-budget", { budget: "pages", limit: 3 }]);
  });

  it("the size limit is for all pages together", async () => {
    const server = await feedServer();
    const wide = (id: number): ScriptedAnswer => ({ body: { results: [{ id, text: "x".repeat(400_000) }] } });
    for (const number of [1, 2, 3]) server.on(`/f?page=${number}`, wide(number));
    const error = await failureOf(walk(server, "/f", { paging: byPage, maxMegabytes: 1 }));
    expect([error.outcome, error.code, error.params]).toEqual(["unreadable", "over-budget", { budget: "downloadMegabytes", limit: 1 }]);
  });
});
