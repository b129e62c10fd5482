import { describe, expect, it } from "vitest";
import type { ConnectorInput } from "../../../src/kit/definition.ts";
import { wordpressExport } from "../../../src/kit/platforms/wordpress-export.ts";
import { constant } from "../../../src/kit/rules/constant.ts";
import { text } from "../../../src/kit/rules/texts.ts";
import { type FeedServer, feedServer } from "../../support/feed-server.ts";
import { failureOf } from "../../support/fetch-test-feed.ts";
import { servedAids } from "../../support/served-aids.ts";

type Given = Parameters<typeof wordpressExport>[0];

/** Returns a connector of a WordPress site. */
function wordpress(given: Pick<Given, "shape" | "feed"> & Partial<Given>): ConnectorInput {
  return wordpressExport({
    id: "region-exemple",
    publisher: { name: "Région Exemple", kind: "region", territory: { scale: "region", code: "11" }, licence: "unknown" },
    ...given,
  });
}

/** A post in the REST API's format. */
function post(id: number) {
  return {
    id,
    date: "2024-03-01T09:00:00",
    modified: "2024-04-03T00:30:00",
    modified_gmt: "2024-04-02T22:30:00",
    slug: `aide-${id}`,
    status: "publish",
    type: "aide",
    link: `https://region.example.org/aides/aide-${id}/`,
    title: { rendered: `Aide n&rsquo;${id} &#8211; toits` },
    content: { rendered: "\n<p>Un&nbsp;toit.</p>\n", protected: false },
    excerpt: { rendered: "<p>Un […]</p>\n", protected: false },
    class_list: ["post-1"],
    _links: { self: [{ href: "https://region.example.org/wp-json/wp/v2/aides/1" }] },
  };
}
const error = (status: number, code: string) => ({ code, message: "Désolé", data: { status } });

describe("an export of the posts table of WordPress", () => {
  it("identifier, title and text are read; rules of the connector take precedence", async () => {
    const server = await feedServer();
    const url = server.on("/export.json", {
      body: [{ ID: 41, post_title: "Aide &agrave; l&rsquo;eau", post_content: "<p>Puits</p>", lead: "Une aide", vu: 3 }],
    });
    const fields = { shortTitle: text("lead"), aidTypes: constant<["grant"]>(["grant"]) };
    const { aids, unread } = await servedAids(wordpress({ shape: "flat", feed: { url }, ignored: ["vu"], fields }), server);
    expect(aids["41"]).toMatchObject({
      name: "Aide à l’eau",
      description: "<p>Puits</p>",
      shortTitle: "Une aide",
      aidTypes: ["grant"],
    });
    expect(unread).toEqual([]);
  });

  it("an error instead of the list is not an aid", async () => {
    const server = await feedServer();
    const url = server.on("/export.json", { body: error(401, "rest_forbidden") });
    const { ids } = await servedAids(wordpress({ shape: "flat", feed: { url } }), server);
    expect(ids).toEqual([null]);
  });
});

describe("the REST API of WordPress", () => {
  const path = "/wp-json/wp/v2/aides?per_page=2&orderby=id&order=asc";

  /** Returns a connector of posts on these pages, linked like WordPress does. */
  function pages(server: FeedServer, ...posts: (readonly number[])[]): ConnectorInput {
    for (const [index, ids] of posts.entries()) {
      const link = `<${server.origin}${path}&page=${index + 2}>; rel="next"`;
      const headers = { "x-wp-total": String(posts.flat().length), ...(index + 1 < posts.length ? { link } : {}) };
      server.on(index === 0 ? path : `${path}&page=${index + 1}`, { body: ids.map(post), headers });
    }
    return wordpress({ shape: "restApi", feed: { url: server.origin + path } });
  }

  it("reads pages by the header Link, detects the end after a full page, and reads rendered texts", async () => {
    const server = await feedServer();
    const { feed, ids, aids, unread } = await servedAids(pages(server, [1, 2], [3, 4]), server);
    expect([ids, feed.stoppedEarly, unread]).toEqual([["1", "2", "3", "4"], null, []]);
    expect(aids["3"]).toMatchObject({
      name: "Aide n’3 – toits",
      description: "<p>Un toit.</p>",
      originUrl: "https://region.example.org/aides/aide-3/",
      sourceUpdatedDate: "2024-04-03",
    });
  });

  it("a post deleted between two pages neither ends the fetch nor loses other posts", async () => {
    const server = await feedServer();
    const { feed, ids } = await servedAids(pages(server, [1, 2], [2, 3], [4]), server);
    expect([ids, feed.stoppedEarly]).toEqual([["1", "2", "2", "3", "4"], null]);
  });

  it("a page that fails twice is requested again", async () => {
    const server = await feedServer();
    server.on(`${path}&page=2`, { status: 503 }, { status: 429, headers: { "retry-after": "1" } });
    const { feed, ids } = await servedAids(pages(server, [1, 2], [3]), server);
    expect([ids, feed.stoppedEarly]).toEqual([["1", "2", "3"], null]);
  });

  const cut = { body: [post(3), post(4)], cutAfter: 100 };
  it.each([
    ["an error with 200", [{ body: error(500, "internal_error") }], { reason: "not-a-page" }],
    ["no such page", [{ status: 400, body: error(400, "rest_post_invalid_page_number") }], { reason: "page-failed", status: 400 }],
    ["a body cut short, again and again", [cut, cut, cut], { reason: "page-failed" }],
  ])("%s behind a link: stopped early", async (_, answers, params) => {
    const server = await feedServer();
    server.on(path, { body: [post(1), post(2)], headers: { link: `<${server.origin}${path}&page=2>; rel="next"` } });
    server.on(`${path}&page=2`, ...answers);
    const { feed, ids } = await servedAids(wordpress({ shape: "restApi", feed: { url: server.origin + path } }), server);
    expect(ids).toEqual(["1", "2"]);
    expect(feed.stoppedEarly).toMatchObject({ code: "walk-incomplete", params });
  });

  it("too many requests: unreachable", async () => {
    const server = await feedServer();
    const url = server.on(path, { status: 429, headers: { "retry-after": "3600" } });
    const failure = await failureOf(servedAids(wordpress({ shape: "restApi", feed: { url } }), server));
    expect(failure).toMatchObject({ code: "server-busy", params: { status: 429 } });
  });
});
