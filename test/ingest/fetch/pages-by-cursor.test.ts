import { describe, expect, it } from "vitest";
import { feedServer } from "../../support/feed-server.ts";
import { idsOf, page, walk } from "../../support/walk-feed.ts";

const byCursor = { paging: { kind: "cursor", path: "meta.next", parameter: "cursor", parametersIn: "query" } } as const;
const meta = (next: unknown) => ({ meta: { next } });

describe("pages by cursor", () => {
  it("are requested with the cursor of the page before, and end without one", async () => {
    const server = await feedServer();
    server.on("/f?size=2", page([1, 2], 5, meta("a+b/=&é")));
    server.on("/f?size=2&cursor=a%2Bb%2F%3D%26%C3%A9", page([3, 4], 5, meta(4)));
    server.on("/f?size=2&cursor=4", page([5], 5, meta(null)));
    const feed = await walk(server, "/f?size=2", byCursor);
    expect([await idsOf(feed), feed.announcedTotal, feed.stoppedEarly]).toEqual([[[1, 2], [3, 4], [5]], 5, null]);
  });

  it.each([[undefined], [""], [false]])("%j is not a cursor", async (nothing) => {
    const server = await feedServer();
    server.on("/f", page([1], undefined, meta(nothing)));
    expect((await walk(server, "/f", byCursor)).stoppedEarly).toBeNull();
  });

  it("end at an empty page even if it has a cursor", async () => {
    const server = await feedServer();
    server.on("/f", page([1], undefined, meta("a")));
    server.on("/f?cursor=a", page([], undefined, meta("b")));
    const feed = await walk(server, "/f", byCursor);
    expect([await idsOf(feed), feed.stoppedEarly]).toEqual([[[1]], null]);
  });

  it("continue if the announced total is that of the page", async () => {
    const server = await feedServer();
    server.on("/f", page([1, 2], 2, meta("a")));
    server.on("/f?cursor=a", page([3], 1, meta(null)));
    expect(await idsOf(await walk(server, "/f", byCursor))).toEqual([[1, 2], [3]]);
  });

  it("with a repeated cursor stop early, and request nothing twice", async () => {
    const server = await feedServer();
    server.on("/f", page([1], undefined, meta("a")));
    server.on("/f?cursor=a", page([2], undefined, meta("b")));
    server.on("/f?cursor=b", page([3], undefined, meta("a")));
    const feed = await walk(server, "/f", byCursor);
    expect([await idsOf(feed), feed.stoppedEarly?.params]).toEqual([[[1], [2], [3]], { page: 4, received: 3, reason: "cursor-loop" }]);
  });

  it("with a cursor that is not a text or a number stop early", async () => {
    const server = await feedServer();
    server.on("/f", page([1], undefined, meta({ after: 1 })));
    expect((await walk(server, "/f", byCursor)).stoppedEarly?.params.reason).toBe("bad-cursor");
  });

  it("with a cursor that the server no longer knows stop early: a status is not the end", async () => {
    const server = await feedServer();
    server.on("/f", page([1, 2], undefined, meta("a")));
    server.on("/f?cursor=a", page([3], undefined, meta("b")));
    server.on("/f?cursor=b", { status: 404 });
    expect((await walk(server, "/f", byCursor)).stoppedEarly?.params).toMatchObject({
      page: 3,
      received: 3,
      reason: "page-failed",
      status: 404,
    });
  });
});
