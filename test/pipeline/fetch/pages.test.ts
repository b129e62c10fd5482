import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Connector } from "../../../src/connector-kit/definition.ts";
import { askFeed, connectorOf, failureOf, noPatience, textsOf } from "../../support/ask-feed.ts";
import { type FeedServer, feedServer, type ScriptedAnswer } from "../../support/feed-server.ts";

const json = { format: "json", recordPath: "results", lines: false, total: "count" } as const;
const byOffset = { kind: "offset", limitParameter: "limit", offsetParameter: "offset", pageSize: 2 } as const;
const byPage = { kind: "page", pageParameter: "page", firstPage: 1 } as const;
const byLink = { kind: "nextLink", path: "next" } as const;

type Feed = Omit<Connector["feed"], "url">;

function walk(server: FeedServer, path: string, feed: Feed, decode: Connector["decode"] = json, around = noPatience()) {
  return askFeed({ connector: connectorOf({ url: server.origin + path, ...feed }, decode), allowHosts: [server.host] }, around);
}

/** A page of records with these ids, and the total that it announces. */
function page(ids: readonly number[], count?: number, more: Record<string, unknown> = {}): ScriptedAnswer {
  return { body: { ...(count === undefined ? {} : { count }), results: ids.map((id) => ({ id })), ...more } };
}

/** Ids read, page by page. */
async function idsOf(feed: Awaited<ReturnType<typeof askFeed>>): Promise<number[][]> {
  const texts = await textsOf(feed);
  return texts.map((text) => JSON.parse(text).results.map(({ id }: { id: number }) => id));
}

describe("pages by offset", () => {
  it("are read up to the announced total, one part each, under one hash", async () => {
    const server = await feedServer();
    server.on("/f?limit=2&offset=0", page([1, 2], 5));
    server.on("/f?limit=2&offset=2", page([3, 4], 5));
    server.on("/f?limit=2&offset=4", page([5], 5));
    const feed = await walk(server, "/f", { paging: byOffset });
    expect(await idsOf(feed)).toEqual([[1, 2], [3, 4], [5]]);
    expect([feed.announcedTotal, feed.stoppedEarly]).toEqual([5, null]);
    const hashes = feed.parts.map((part) => part.sha256).join("");
    expect(feed.hash).toBe(createHash("sha256").update(hashes).digest("hex"));
    expect(feed.bytes).toBe(feed.parts.reduce((sum, part) => sum + part.bytes, 0));
  });

  it("that are one have the hash of that one", async () => {
    const server = await feedServer();
    server.on("/f?limit=2&offset=0", page([1], 1));
    const feed = await walk(server, "/f", { paging: byOffset });
    expect(feed.hash).toBe(feed.parts[0]?.sha256);
  });

  it("keep the query that the address has, to the letter, and replace their own parameters only", async () => {
    const server = await feedServer();
    server.on("/f?$where=a%20b&tri=%C3%A9&limit=2&offset=0", page([1], 1));
    expect(await idsOf(await walk(server, "/f?$where=a%20b&limit=100&offset=7&tri=%C3%A9", { paging: byOffset }))).toEqual([[1]]);
  });

  it("end at an empty page where no total is announced; the empty page is no part", async () => {
    const server = await feedServer();
    server.on("/f?limit=2&offset=0", page([1, 2]));
    server.on("/f?limit=2&offset=2", page([]));
    const feed = await walk(server, "/f", { paging: byOffset });
    expect([await idsOf(feed), feed.announcedTotal, feed.stoppedEarly]).toEqual([[[1, 2]], null, null]);
  });

  it("shorter than asked for are followed by the row after them, so that none is skipped", async () => {
    const server = await feedServer();
    server.on("/f?limit=2&offset=0", page([1], 3));
    server.on("/f?limit=2&offset=1", page([2], 3));
    server.on("/f?limit=2&offset=2", page([3], 3));
    expect((await walk(server, "/f", { paging: byOffset })).stoppedEarly).toBeNull();
  });

  it("follow a total that grows or shrinks on the way (W-17)", async () => {
    const server = await feedServer();
    server.on("/grows?limit=2&offset=0", page([1, 2], 2 + 1));
    server.on("/grows?limit=2&offset=2", page([3, 4], 5));
    server.on("/grows?limit=2&offset=4", page([5], 5));
    server.on("/shrinks?limit=2&offset=0", page([1, 2], 5));
    server.on("/shrinks?limit=2&offset=2", page([3], 3));
    const grown = await walk(server, "/grows", { paging: byOffset });
    const shrunk = await walk(server, "/shrinks", { paging: byOffset });
    expect([grown.announcedTotal, grown.stoppedEarly, shrunk.announcedTotal, shrunk.stoppedEarly]).toEqual([5, null, 3, null]);
  });

  it("with an empty page before the announced total stop early (W-17)", async () => {
    const server = await feedServer();
    server.on("/f?limit=2&offset=0", page([1, 2], 5));
    server.on("/f?limit=2&offset=2", page([], 5));
    const feed = await walk(server, "/f", { paging: byOffset });
    expect(await idsOf(feed)).toEqual([[1, 2]]);
    expect(feed.stoppedEarly).toEqual({ code: "walk-incomplete", params: { page: 2, received: 2, announced: 5, reason: "empty-page" } });
  });

  it("that repeat themselves stop early, also where only what stands around the records differs", async () => {
    const server = await feedServer();
    server.on("/f?limit=2&offset=0", page([1, 2], undefined, { at: "02:00:00" }));
    server.on("/f?limit=2&offset=2", page([1, 2], undefined, { at: "02:00:01" }));
    const feed = await walk(server, "/f", { paging: byOffset });
    expect(feed.parts).toHaveLength(1);
    expect(feed.stoppedEarly?.params).toEqual({ page: 2, received: 2, reason: "repeated-page" });
  });

  it("of a feed without records are one empty page", async () => {
    const server = await feedServer();
    server.on("/f?limit=2&offset=0", page([], 0));
    const feed = await walk(server, "/f", { paging: byOffset });
    expect([await idsOf(feed), feed.announcedTotal, feed.stoppedEarly]).toEqual([[[]], 0, null]);
  });

  it("read the total as text, a BOM, records at the root, and one of several record paths", async () => {
    const server = await feedServer();
    server.on("/text?limit=2&offset=0", { body: '\uFEFF{"count":"1","data":{"items":[{"id":1}]}}' });
    const text = await walk(server, "/text", { paging: byOffset }, { ...json, recordPath: ["results", "data.items"] });
    server.on("/root?limit=2&offset=0", { body: "[1,2]" });
    server.on("/root?limit=2&offset=2", { body: "[]" });
    const root = await walk(server, "/root", { paging: byOffset }, { format: "json", recordPath: "", lines: false });
    expect([text.announcedTotal, text.stoppedEarly, root.parts.length, root.stoppedEarly]).toEqual([1, null, 1, null]);
  });
});

describe("pages by number", () => {
  it("begin where the connector says, with the size it says", async () => {
    const server = await feedServer();
    server.on("/f?per_page=2&page=0", page([1, 2]));
    server.on("/f?per_page=2&page=1", page([3]));
    server.on("/f?per_page=2&page=2", page([]));
    const paging = { ...byPage, firstPage: 0, sizeParameter: "per_page", pageSize: 2 };
    expect(await idsOf(await walk(server, "/f", { paging }))).toEqual([[1, 2], [3]]);
  });

  it.each([400, 404])("end with status %d after a page that was not full (WordPress)", async (status) => {
    const server = await feedServer();
    server.on("/f?page=1", page([1, 2]));
    server.on("/f?page=2", page([3]));
    server.on("/f?page=3", { status });
    const feed = await walk(server, "/f", { paging: byPage });
    expect([feed.parts.length, feed.stoppedEarly]).toEqual([2, null]);
  });

  it("with status 404 after a full page, or before the announced total, have stopped early", async () => {
    const server = await feedServer();
    server.on("/full?page=1", page([1, 2]));
    server.on("/full?page=2", page([3, 4]));
    server.on("/full?page=3", { status: 404 });
    server.on("/total?page=1", page([1, 2], 9));
    server.on("/total?page=2", page([3], 9));
    server.on("/total?page=3", { status: 404 });
    const full = await walk(server, "/full", { paging: byPage });
    const total = await walk(server, "/total", { paging: byPage });
    expect(full.stoppedEarly?.params).toMatchObject({ page: 3, received: 4, reason: "page-failed", error: "http-refused", status: 404 });
    expect(total.stoppedEarly?.params).toMatchObject({ page: 3, received: 3, announced: 9, reason: "past-the-end" });
  });
});

describe("pages by next link", () => {
  it("are read until there is none, relative and absolute", async () => {
    const server = await feedServer();
    server.on("/api/f?x=1", page([1], 3, { next: "f?cursor=a" }));
    server.on("/api/f?cursor=a", page([2], 3, { next: `${server.origin}/api/f?cursor=b` }));
    server.on("/api/f?cursor=b", page([3], 3, { next: null }));
    const feed = await walk(server, "/api/f?x=1", { paging: byLink });
    expect([await idsOf(feed), feed.stoppedEarly]).toEqual([[[1], [2], [3]], null]);
  });

  it("find a link in an object, and under a key with dots (OData)", async () => {
    const server = await feedServer();
    server.on("/links", page([1], undefined, { links: { next: "/links2" } }));
    server.on("/links2", page([2]));
    server.on("/odata", page([1], undefined, { "@odata.nextLink": "/odata2" }));
    server.on("/odata2", page([2], undefined, { "@odata.nextLink": "" }));
    for (const path of ["links.next", "@odata.nextLink"]) {
      const feed = await walk(server, path === "links.next" ? "/links" : "/odata", { paging: { kind: "nextLink", path } });
      expect([await idsOf(feed), feed.stoppedEarly]).toEqual([[[1], [2]], null]);
    }
  });

  it("are followed to their end where the total counts only the page", async () => {
    const server = await feedServer();
    server.on("/f", page([1, 2], 2, { next: "/2" }));
    server.on("/2", page([3], 1, { next: null }));
    expect(await idsOf(await walk(server, "/f", { paging: byLink }))).toEqual([[1, 2], [3]]);
  });

  it("that end before the announced total have stopped early", async () => {
    const server = await feedServer();
    server.on("/f", page([1], 3, { next: null }));
    expect((await walk(server, "/f", { paging: byLink })).stoppedEarly?.params).toMatchObject({
      received: 1,
      announced: 3,
      reason: "no-next-link",
    });
  });

  it("that lead in a circle stop early and ask for no page twice", async () => {
    const server = await feedServer();
    server.on("/f", page([1], undefined, { next: "/2" }));
    server.on("/2", page([2], undefined, { next: "/f#again" }));
    const feed = await walk(server, "/f", { paging: byLink });
    expect([feed.parts.length, feed.stoppedEarly?.params.reason]).toEqual([2, "next-link-loop"]);
  });

  it("that lead to a private address, or nowhere, stop early", async () => {
    const server = await feedServer();
    const links: readonly (readonly [unknown, string])[] = [
      ["http://169.254.169.254/latest", "page-failed"],
      ["file:///etc/passwd", "page-failed"],
      ["http://[", "bad-next-link"],
      [7, "bad-next-link"],
    ];
    for (const [index, [next, reason]] of links.entries()) {
      server.on(`/${index}`, page([1], undefined, { next }));
      const feed = await walk(server, `/${index}`, { paging: byLink });
      expect([feed.parts.length, feed.stoppedEarly?.params.reason]).toEqual([1, reason]);
    }
  });
});

describe("a page that fails", () => {
  it("is asked for three times, then the walk has stopped early with what was read", async () => {
    const server = await feedServer();
    const around = noPatience();
    server.on("/f?page=1", page([1, 2], 4));
    server.on("/f?page=2", { status: 503 }, { status: 503 }, { status: 503 });
    const feed = await walk(server, "/f", { paging: byPage }, json, around);
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
    expect(around.waits).toHaveLength(2);
  });

  it("once only is read the second time", async () => {
    const server = await feedServer();
    server.on("/f?page=1", page([1], 2));
    server.on("/f?page=2", { body: "[", cutAfter: 0 }, page([2], 2));
    expect((await walk(server, "/f", { paging: byPage })).stoppedEarly).toBeNull();
  });

  it("is the first one: the feed is refused or unreachable", async () => {
    const server = await feedServer();
    server.on("/f?page=1", { status: 401 }, { status: 500 }, { status: 500 }, { status: 500 });
    expect(await failureOf(walk(server, "/f", { paging: byPage }))).toMatchObject({ outcome: "refused" });
    expect(await failureOf(walk(server, "/f", { paging: byPage }))).toMatchObject({ outcome: "unreachable" });
  });

  it("with 200 and a web page, or the feed's own error, stops the walk early", async () => {
    const server = await feedServer();
    server.on("/html?page=1", page([1]));
    server.on("/html?page=2", { body: "<html><title>Maintenance</title></html>" });
    server.on("/error?page=1", page([1], undefined, { status: "success" }));
    server.on("/error?page=2", page([2], undefined, { status: "error" }));
    const html = await walk(server, "/html", { paging: byPage });
    const error = await walk(server, "/error", { paging: byPage }, { ...json, mustBe: { status: "success" } });
    for (const feed of [html, error]) {
      expect([feed.parts.length, feed.stoppedEarly?.params.reason]).toEqual([1, "not-a-page"]);
    }
  });

  it("and is the first one, with 200 and a web page, is left to decode to name", async () => {
    const server = await feedServer();
    server.on("/f?page=1", { body: "<html><title>Maintenance</title></html>" });
    const feed = await walk(server, "/f", { paging: byPage });
    expect([feed.parts.length, feed.stoppedEarly]).toEqual([1, null]);
  });
});

describe("limits of a walk", () => {
  it("a bomb of brackets is a page like another: decode refuses it", async () => {
    const server = await feedServer();
    server.on("/f?page=1", { body: `{"results":[${"[".repeat(100_000)}${"]".repeat(100_000)}]}` });
    server.on("/f?page=2", page([]));
    expect((await walk(server, "/f", { paging: byPage })).parts).toHaveLength(1);
  });

  it("too many pages are unreadable, though each is new", async () => {
    const server = await feedServer();
    for (const number of [1, 2, 3]) server.on(`/f?page=${number}`, page([number]));
    const error = await failureOf(walk(server, "/f", { paging: byPage, maxPages: 3 }));
    expect([error.outcome, error.code, error.params]).toEqual(["unreadable", "too-many-pages", { limit: 3 }]);
  });

  it("the limit of size is for all pages together", async () => {
    const server = await feedServer();
    const wide = (id: number): ScriptedAnswer => ({ body: { results: [{ id, text: "x".repeat(400_000) }] } });
    for (const number of [1, 2, 3]) server.on(`/f?page=${number}`, wide(number));
    const error = await failureOf(walk(server, "/f", { paging: byPage, maxMegabytes: 1 }));
    expect([error.outcome, error.code, error.params]).toEqual(["unreadable", "too-large", { limitMb: 1 }]);
  });
});

describe("pages of other formats", () => {
  it("CSV and XML end at a page without rows", async () => {
    const server = await feedServer();
    server.on("/csv?limit=2&offset=0", { body: "id;titre\n1;a\n2;b\n" });
    server.on("/csv?limit=2&offset=2", { body: "id;titre\n" });
    server.on("/xml?page=1", { body: '<ns:flux><ns:aide id="1"/><aides/></ns:flux>' });
    server.on("/xml?page=2", { body: "<flux><aides/></flux>" });
    const csv = await walk(server, "/csv", { paging: byOffset }, { format: "csv", headerRow: 1 });
    const xml = await walk(server, "/xml", { paging: byPage }, { format: "xml", recordPath: "/flux/aide" });
    for (const feed of [csv, xml]) expect([feed.parts.length, feed.stoppedEarly]).toEqual([1, null]);
  });

  it("Excel in pages, and next links outside of JSON, are refused before anything is asked", async () => {
    const server = await feedServer();
    const excel = await failureOf(walk(server, "/f", { paging: byPage }, { format: "excel", sheet: 1, headerRow: 1, skipRows: 0 }));
    const link = await failureOf(walk(server, "/f", { paging: byLink }, { format: "csv", headerRow: 1 }));
    expect([excel.code, link.code]).toEqual(["unsupported-file", "unsupported-file"]);
    expect(server.requests).toEqual([]);
  });
});
