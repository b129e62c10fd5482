import { describe, expect, it } from "vitest";
import { feedServer } from "../../support/feed-server.ts";
import { byPage, idsOf, page, walk } from "../../support/walk-feed.ts";

describe("pages by number", () => {
  it("begin at the declared number with the declared size", async () => {
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

  it("with status 404 after a full page, or before the announced total, stop early", async () => {
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
