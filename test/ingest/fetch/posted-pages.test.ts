import { describe, expect, it } from "vitest";
import type { Connector } from "../../../src/kit/definition.ts";
import type { FeedBody } from "../../../src/kit/feed.ts";
import { feedServer } from "../../support/feed-server.ts";
import { connectorOf, failureOf, fetchTestFeed } from "../../support/fetch-test-feed.ts";
import { byPage, idsOf, jsonPages, page, walk } from "../../support/walk-feed.ts";

const inBody = { parametersIn: "body" } as const;
const byOffset = { kind: "offset", limitParameter: "size", offsetParameter: "from", pageSize: 2, ...inBody } as const;
const jsonBody = { kind: "json", value: { query: "aides", from: 99 } } as const;

describe("pages requested by POST", () => {
  it.each<[Connector["feed"]["paging"], string[]]>([
    [byOffset, ['{"query":"aides","from":0,"size":2}', '{"query":"aides","from":2,"size":2}']],
    [{ ...byPage, ...inBody }, ['{"query":"aides","from":99,"page":1}', '{"query":"aides","from":99,"page":2}']],
    [
      { kind: "cursor", path: "next", parameter: "after", ...inBody },
      ['{"query":"aides","from":99}', '{"query":"aides","from":99,"after":"/g"}'],
    ],
  ])("have their parameters at the top level of a JSON body: %j", async (paging, bodies) => {
    const server = await feedServer();
    server.on("/f", page([1, 2], 3, { next: "/g" }), page([3], 3));
    const feed = await walk(server, "/f", { paging, body: jsonBody });
    expect([await idsOf(feed), feed.stoppedEarly]).toEqual([[[1, 2], [3]], null]);
    expect(server.requests.map(({ method, body }) => [method, body])).toEqual(bodies.map((body) => ["POST", body]));
    expect(server.requests[0]?.headers).toMatchObject({ "content-type": "application/json", "content-length": String(bodies[0]?.length) });
  });

  it("have them in a form, in parts, or in the address with an unchanged body", async () => {
    const server = await feedServer();
    server.on("/f", page([1], 2), page([2], 2), page([1], 2), page([2], 2));
    await walk(server, "/f", { paging: { ...byPage, ...inBody }, body: { kind: "form", fields: { q: "été & co", page: "7" } } });
    await walk(server, "/f", { paging: { ...byPage, ...inBody }, body: { kind: "multipart", parts: [{ name: "q", value: ["fr"] }] } });
    expect(server.requests.slice(0, 2).map(({ body }) => body)).toEqual(["q=%C3%A9t%C3%A9+%26+co&page=1", "q=%C3%A9t%C3%A9+%26+co&page=2"]);
    for (const [index, { body }] of server.requests.slice(2).entries()) {
      const [, parts = ""] = /^--moisson-1-\r\n([\s\S]*)\r\n--moisson-1---\r\n$/.exec(body) ?? [];
      expect(parts.split("\r\n--moisson-1-\r\n")).toEqual([
        'Content-Disposition: form-data; name="q"; filename="blob"\r\nContent-Type: application/json\r\n\r\n["fr"]',
        `Content-Disposition: form-data; name="page"\r\n\r\n${index + 1}`,
      ]);
    }
    server.on("/q?page=1", page([1], 2));
    server.on("/q?page=2", page([2], 2));
    await walk(server, "/q", { paging: byPage, body: jsonBody });
    expect(server.requests.slice(4).map(({ body }) => body)).toEqual(['{"query":"aides","from":99}', '{"query":"aides","from":99}']);
  });

  it("by next link are requested with the same body each", async () => {
    const server = await feedServer();
    server.on("/f", page([1], undefined, { next: "/g" }));
    server.on("/g", page([2]));
    await walk(server, "/f", { paging: { kind: "nextLink", path: "next" }, body: jsonBody });
    expect(server.requests.map(({ method, body }) => [method, JSON.parse(body)])).toEqual([
      ["POST", jsonBody.value],
      ["POST", jsonBody.value],
    ]);
  });

  it("by next link are requested only on the feed's own origin", async () => {
    const [server, other] = [await feedServer(), await feedServer()];
    server.on("/f", page([1], undefined, { next: `${other.origin}/g` }));
    const feed = await walk(server, "/f", { paging: { kind: "nextLink", path: "next" }, body: jsonBody, allowHosts: [other.host] });
    expect(feed.stoppedEarly?.params).toMatchObject({ reason: "bad-next-link", received: 1 });
    expect(other.requests).toEqual([]);
  });

  it("are refused before any request if the body has no top level", async () => {
    const server = await feedServer();
    const body: FeedBody = { kind: "json", value: ["aides"] };
    expect(await failureOf(walk(server, "/f", { paging: byOffset, body }))).toMatchObject({ outcome: "failed" });
    expect(server.requests).toEqual([]);
  });
});

it("do not apply to a feed in one answer, which is requested with its body, also at another address", async () => {
  const server = await feedServer();
  const url = server.on("/f", { body: { results: [] } });
  const elsewhere = server.on("/g", { body: { results: [] } });
  const connector = connectorOf({ url, body: jsonBody }, jsonPages);
  await fetchTestFeed({ connector, allowHosts: [server.host] });
  await fetchTestFeed({
    connector: { ...connector, feed: { ...connector.feed, paging: byOffset } },
    url: elsewhere,
    allowHosts: [server.host],
  });
  expect(server.requests.map(({ method, body }) => [method, body])).toEqual([
    ["POST", '{"query":"aides","from":99}'],
    ["POST", '{"query":"aides","from":99}'],
  ]);
});
