import { describe, expect, it } from "vitest";
import { feedServer, type ScriptedAnswer } from "../../support/feed-server.ts";
import { idsOf, page, walk } from "../../support/walk-feed.ts";

const byHeader = { paging: { kind: "linkHeader" } } as const;

/** Returns a page of these records whose header has the next link. */
function linked(ids: readonly number[], link: string, count?: number): ScriptedAnswer {
  return { ...page(ids, count), headers: { link } };
}

describe("pages by Link header", () => {
  it("are read until there is no next one, relative and absolute", async () => {
    const server = await feedServer();
    server.on("/api/f?size=1", linked([1], '<f?size=1&after=1>; rel="next"', 3));
    server.on("/api/f?size=1&after=1", linked([2], `</api/f>; rel="first", <${server.origin}/api/f?after=2>; rel="next"`, 3));
    server.on("/api/f?after=2", linked([3], '</api/f>; rel="first"', 3));
    const feed = await walk(server, "/api/f?size=1", byHeader);
    expect([await idsOf(feed), feed.announcedTotal, feed.stoppedEarly]).toEqual([[[1], [2], [3]], 3, null]);
  });

  it("are followed to the end if the total counts only the page, and stop early if it is not reached", async () => {
    const server = await feedServer();
    server.on("/page", linked([1, 2], "</page2>; rel=next", 2));
    server.on("/page2", page([3], 1));
    server.on("/short", page([1], 3));
    expect((await walk(server, "/page", byHeader)).stoppedEarly).toBeNull();
    expect((await walk(server, "/short", byHeader)).stoppedEarly?.params).toMatchObject({
      received: 1,
      announced: 3,
      reason: "no-next-link",
    });
  });

  it("that loop, are invalid or lead to a private address stop early", async () => {
    const server = await feedServer();
    server.on("/circle", linked([1], "</2>; rel=next"));
    server.on("/2", linked([2], "</circle>; rel=next"));
    server.on("/nowhere", linked([1], "<http://[>; rel=next"));
    server.on("/private", linked([1], "<http://10.0.0.1/>; rel=next"));
    const reasons = await Promise.all(
      ["/circle", "/nowhere", "/private"].map(async (path) => (await walk(server, path, byHeader)).stoppedEarly?.params.reason),
    );
    expect(reasons).toEqual(["next-link-loop", "bad-next-link", "page-failed"]);
  });
});
