import { describe, expect, it } from "vitest";
import type { FeedBody } from "../../../src/kit/feed.ts";
import { type FeedServer, feedServer } from "../../support/feed-server.ts";
import { failureOf } from "../../support/fetch-test-feed.ts";
import { byOffset, idsOf, page, walk } from "../../support/walk-feed.ts";

const type = { name: "type", values: ["a", "b é"] };
const year = { name: "year", values: ["2025", "2026"] };
const window = 3;
const path = "/f?x=1&type={type}&year={year}";
const feed = { paging: byOffset, split: { window, facets: [type, year] } };

/** Declares a page of the query with these parameters. */
function answer(server: FeedServer, query: string, offset: number, ids: readonly number[], count: number): void {
  server.on(`/f?x=1${query}&limit=2&offset=${offset}`, page(ids, count));
}

describe("a split feed", () => {
  it("is requested undivided, without parameters of facets, if it is small enough", async () => {
    const server = await feedServer();
    answer(server, "", 0, [1, 2], 3);
    answer(server, "", 2, [3], 3);
    const walked = await walk(server, path, feed);
    expect([await idsOf(walked), walked.announcedTotal, walked.stoppedEarly]).toEqual([[[1, 2], [3]], 3, null]);
  });

  it("is divided by the first facet if it is too large, and by the next if that is not enough", async () => {
    const server = await feedServer();
    answer(server, "", 0, [1, 2], 7);
    answer(server, "&type=a", 0, [1, 2], 4);
    answer(server, "&type=a&year=2025", 0, [1, 2], 3);
    answer(server, "&type=a&year=2025", 2, [3], 3);
    answer(server, "&type=a&year=2026", 0, [4], 1);
    answer(server, "&type=b%20%C3%A9", 0, [5, 6], 3);
    answer(server, "&type=b%20%C3%A9", 2, [7], 3);
    const walked = await walk(server, path, feed);
    expect(await idsOf(walked)).toEqual([[1, 2], [3], [4], [5, 6], [7]]);
    expect([walked.announcedTotal, walked.stoppedEarly]).toEqual([7, null]);
  });

  it("has the values of facets in its body", async () => {
    const server = await feedServer();
    server.on("/p?page=1", page([1, 2], 4), page([1], 1), page([2], 3));
    server.on("/p?page=2", page([3, 4], 3));
    const body: FeedBody = { kind: "json", value: { terms: ["{type}"], one: "{type}" } };
    const paging = { kind: "page", pageParameter: "page", firstPage: 1, parametersIn: "query" } as const;
    const walked = await walk(server, "/p", { paging, body, split: { window, facets: [type] } });
    expect([await idsOf(walked), walked.stoppedEarly]).toEqual([[[1], [2], [3, 4]], null]);
    expect(server.requests.map((request) => JSON.parse(request.body))).toEqual([
      { terms: ["a", "b é"], one: ["a", "b é"] },
      { terms: ["a"], one: "a" },
      { terms: ["b é"], one: "b é" },
      { terms: ["b é"], one: "b é" },
    ]);
  });

  it("stops early, with the division, if one is too large and no facet is left", async () => {
    const server = await feedServer();
    answer(server, "", 0, [1, 2], 9);
    answer(server, "&type=a", 0, [1, 2], 5);
    answer(server, "&type=a&year=2025", 0, [1], 1);
    answer(server, "&type=a&year=2026", 0, [2, 3], 4);
    const walked = await walk(server, path, feed);
    expect(await idsOf(walked)).toEqual([[1]]);
    expect(walked.stoppedEarly).toEqual({
      code: "walk-incomplete",
      params: { reason: "over-window", division: "type=a, year=2026", found: 4, window, received: 1, announced: 9 },
    });
  });

  it("stops early if it announces no total and returns as many records as one query can", async () => {
    const server = await feedServer();
    server.on("/f?x=1&limit=2&offset=0", page([1, 2]));
    server.on("/f?x=1&limit=2&offset=2", page([3]));
    server.on("/f?x=1&limit=2&offset=3", page([]));
    const walked = await walk(server, path, feed);
    expect(walked.stoppedEarly?.params).toEqual({ reason: "window-reached", page: 3, received: 3 });
  });

  it("is complete without a total if it ends before its window", async () => {
    const server = await feedServer();
    server.on("/f?x=1&limit=2&offset=0", page([1, 2]));
    server.on("/f?x=1&limit=2&offset=2", page([]));
    expect((await walk(server, path, feed)).stoppedEarly).toBeNull();
  });

  it("stops early if its divisions have fewer records than announced", async () => {
    const server = await feedServer();
    answer(server, "", 0, [1, 2], 4);
    answer(server, "&type=a", 0, [1, 2], 2);
    answer(server, "&type=b%20%C3%A9", 0, [], 0);
    const walked = await walk(server, path, feed);
    expect(walked.stoppedEarly?.params).toEqual({ reason: "split-incomplete", received: 2, announced: 4 });
  });

  it("keeps a record of two divisions but counts it once, so that it does not hide a missing one", async () => {
    const server = await feedServer();
    answer(server, "", 0, [1, 2], 4);
    answer(server, "&type=a", 0, [1, 2], 2);
    answer(server, "&type=b%20%C3%A9", 0, [2, 3], 2);
    const walked = await walk(server, path, feed);
    expect(await idsOf(walked)).toEqual([
      [1, 2],
      [2, 3],
    ]);
    expect(walked.stoppedEarly?.params).toEqual({ reason: "split-incomplete", received: 3, announced: 4 });
  });

  it("counts a record twice if it is twice in one division, as the publisher does", async () => {
    const server = await feedServer();
    answer(server, "", 0, [1, 2], 4);
    answer(server, "&type=a", 0, [1, 2], 3);
    answer(server, "&type=a", 2, [2], 3);
    answer(server, "&type=b%20%C3%A9", 0, [3], 1);
    expect((await walk(server, path, feed)).stoppedEarly).toBeNull();
  });

  it("stops early with a division that does, with its page in the whole feed and the reason", async () => {
    const server = await feedServer();
    answer(server, "", 0, [1, 2], 5);
    answer(server, "&type=a", 0, [1, 2], 2);
    answer(server, "&type=b%20%C3%A9", 0, [3, 4], 3);
    answer(server, "&type=b%20%C3%A9", 2, [], 3);
    const walked = await walk(server, path, feed);
    expect(walked.parts).toHaveLength(2);
    expect(walked.stoppedEarly?.params).toEqual({
      page: 3,
      received: 4,
      announced: 5,
      reason: "empty-page",
      division: "type=b é",
    });
  });

  it.each([
    ["page-failed", { status: 404 }],
    ["not-a-page", { body: { error: "no such facet" } }],
  ])("stops early if the first page of a division is invalid: %s", async (reason, first) => {
    const server = await feedServer();
    answer(server, "", 0, [1, 2], 5);
    server.on("/f?x=1&type=a&limit=2&offset=0", first);
    const walked = await walk(server, path, feed);
    expect([walked.parts, walked.stoppedEarly?.params]).toMatchObject([[], { page: 1, received: 0, reason, division: "type=a" }]);
  });

  it("is refused like any other if its first page is", async () => {
    const server = await feedServer();
    server.on("/f?x=1&limit=2&offset=0", { status: 403 });
    expect(await failureOf(walk(server, path, feed))).toMatchObject({ outcome: "refused", params: { status: 403 } });
  });

  it("has a limit of pages for all its queries", async () => {
    const server = await feedServer();
    answer(server, "", 0, [1, 2], 4);
    answer(server, "&type=a", 0, [1, 2], 3);
    const error = await failureOf(walk(server, path, { ...feed, maxPages: 2 }));
    expect([error.code, error.params]).toEqual(["over-budget", { budget: "pages", limit: 2 }]);
  });

  it("is requested in one query if no total is announced", async () => {
    const server = await feedServer();
    server.on("/f?x=1&limit=2&offset=0", page([1, 2]));
    server.on("/f?x=1&limit=2&offset=2", page([]));
    expect((await walk(server, path, feed)).stoppedEarly).toBeNull();
  });
});
