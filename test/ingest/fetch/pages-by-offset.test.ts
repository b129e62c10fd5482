import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { feedServer } from "../../support/feed-server.ts";
import { byOffset, idsOf, jsonPages, page, walk } from "../../support/walk-feed.ts";

describe("pages by offset", () => {
  it("are read up to the announced total, one part each, with one hash", async () => {
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

  it("have the hash of the page if there is only one", async () => {
    const server = await feedServer();
    server.on("/f?limit=2&offset=0", page([1], 1));
    const feed = await walk(server, "/f", { paging: byOffset });
    expect(feed.hash).toBe(feed.parts[0]?.sha256);
  });

  it("keep the query of the address byte for byte, and replace only their own parameters", async () => {
    const server = await feedServer();
    server.on("/f?$where=a%20b&tri=%C3%A9&limit=2&offset=0", page([1], 1));
    expect(await idsOf(await walk(server, "/f?$where=a%20b&limit=100&offset=7&tri=%C3%A9", { paging: byOffset }))).toEqual([[1]]);
  });

  it("end at an empty page if no total is announced; the empty page is not a part", async () => {
    const server = await feedServer();
    server.on("/f?limit=2&offset=0", page([1, 2]));
    server.on("/f?limit=2&offset=2", page([]));
    const feed = await walk(server, "/f", { paging: byOffset });
    expect([await idsOf(feed), feed.announcedTotal, feed.stoppedEarly]).toEqual([[[1, 2]], null, null]);
  });

  it("shorter than requested are followed by the next row, so that none is skipped", async () => {
    const server = await feedServer();
    server.on("/f?limit=2&offset=0", page([1], 3));
    server.on("/f?limit=2&offset=1", page([2], 3));
    server.on("/f?limit=2&offset=2", page([3], 3));
    expect((await walk(server, "/f", { paging: byOffset })).stoppedEarly).toBeNull();
  });

  it("follow a total that grows or shrinks during the walk (W-17)", async () => {
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

  it("stop early at an empty page without a total, if more was announced before", async () => {
    const server = await feedServer();
    server.on("/f?limit=2&offset=0", page([1, 2], 5));
    server.on("/f?limit=2&offset=2", page([], 0));
    const { stoppedEarly } = await walk(server, "/f", { paging: byOffset });
    expect(stoppedEarly?.params).toEqual({ page: 2, received: 2, announced: 5, reason: "empty-page" });
  });

  it("continue to the end if the announced total is smaller than one page", async () => {
    const server = await feedServer();
    server.on("/f?limit=2&offset=0", page([1, 2], 0));
    server.on("/f?limit=2&offset=2", page([3, 4], 1));
    server.on("/f?limit=2&offset=4", page([], 0));
    const feed = await walk(server, "/f", { paging: byOffset });
    expect([await idsOf(feed), feed.stoppedEarly]).toEqual([
      [
        [1, 2],
        [3, 4],
      ],
      null,
    ]);
  });

  it("stop early at an empty page before the announced total (W-17)", async () => {
    const server = await feedServer();
    server.on("/f?limit=2&offset=0", page([1, 2], 5));
    server.on("/f?limit=2&offset=2", page([], 5));
    const feed = await walk(server, "/f", { paging: byOffset });
    expect(await idsOf(feed)).toEqual([[1, 2]]);
    expect(feed.stoppedEarly).toEqual({ code: "walk-incomplete", params: { page: 2, received: 2, announced: 5, reason: "empty-page" } });
  });

  it("that repeat stop early, even if only the text timing the records differs", async () => {
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
    const text = await walk(server, "/text", { paging: byOffset }, { ...jsonPages, recordPath: ["results", "data.items"] });
    server.on("/root?limit=2&offset=0", { body: "[1,2]" });
    server.on("/root?limit=2&offset=2", { body: "[]" });
    const root = await walk(server, "/root", { paging: byOffset }, { format: "json", recordPath: "", lines: false });
    expect([text.announcedTotal, text.stoppedEarly, root.parts.length, root.stoppedEarly]).toEqual([1, null, 1, null]);
  });
});
