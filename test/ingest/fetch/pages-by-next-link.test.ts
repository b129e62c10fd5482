import { describe, expect, it } from "vitest";
import { feedServer } from "../../support/feed-server.ts";
import { idsOf, page, walk } from "../../support/walk-feed.ts";

const byLink = { kind: "nextLink", path: "next" } as const;

describe("pages by next link", () => {
  it("are read until there is no next one, relative and absolute", async () => {
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

  it("are followed to the end if the total counts only the page", async () => {
    const server = await feedServer();
    server.on("/f", page([1, 2], 2, { next: "/2" }));
    server.on("/2", page([3], 1, { next: null }));
    expect(await idsOf(await walk(server, "/f", { paging: byLink }))).toEqual([[1, 2], [3]]);
  });

  it("that end before the announced total stop early", async () => {
    const server = await feedServer();
    server.on("/f", page([1], 3, { next: null }));
    expect((await walk(server, "/f", { paging: byLink })).stoppedEarly?.params).toMatchObject({
      received: 1,
      announced: 3,
      reason: "no-next-link",
    });
  });

  it("that loop stop early and request no page twice", async () => {
    const server = await feedServer();
    server.on("/f", page([1], undefined, { next: "/2" }));
    server.on("/2", page([2], undefined, { next: "/f#again" }));
    const feed = await walk(server, "/f", { paging: byLink });
    expect([feed.parts.length, feed.stoppedEarly?.params.reason]).toEqual([2, "next-link-loop"]);
  });

  it("that lead to a private address, or are invalid, stop early", async () => {
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
