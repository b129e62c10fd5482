import { describe, expect, it } from "vitest";
import { rss } from "../../../src/kit/platforms/rss.ts";
import { feedServer, type ScriptedAnswer } from "../../support/feed-server.ts";
import { failureOf } from "../../support/fetch-test-feed.ts";
import { servedAids } from "../../support/served-aids.ts";

const rssOf = (...items: string[]) => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:media="http://search.yahoo.com/mrss/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/">
<channel><title>Aides</title><link>https://region.example.org</link><description>Toutes</description>${items.join("")}</channel></rss>`;
const atomOf = (...entries: string[]) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title>Aides</title><id>urn:aides</id><link rel="self" href="https://region.example.org/a"/>${entries.join("")}</feed>`;

/** Reads a feed with these answers. */
async function read(format: "rss" | "atom", ...answers: ScriptedAnswer[]) {
  const server = await feedServer();
  const connector = rss({
    id: "region-exemple",
    publisher: { name: "Région Exemple", kind: "region", territory: { scale: "region", code: "11" }, licence: "unknown" },
    format,
    feed: { url: server.on("/feed.xml", ...answers) },
  });
  return servedAids(connector, server);
}

describe("news feeds", () => {
  it("RSS: prefers the whole text to the summary and the guid to the link; reads the day in Paris and keywords", async () => {
    const { aids, unread } = await read("rss", {
      body: rssOf(`<item>
        <title>Aide &amp;agrave; l’eau</title><link>https://region.example.org/eau?a=1&amp;b=2</link>
        <guid isPermaLink="false">aide-7</guid><pubDate>Sat, 21 Dec 2019 23:30:00 +0000</pubDate>
        <description>Le début […]</description><content:encoded><![CDATA[<p>Tout le texte</p>]]></content:encoded>
        <category>Eau</category><category domain="https://region.example.org/tags">Puits</category>
        <dc:creator>A. Example</dc:creator><slash:comments>0</slash:comments><enclosure url="https://region.example.org/a.pdf" length="1" type="application/pdf"/>
      </item>`),
    });
    expect(unread).toEqual([]);
    expect(aids["aide-7"]).toMatchObject({
      name: "Aide à l’eau",
      description: "<p>Tout le texte</p>",
      originUrl: "https://region.example.org/eau?a=1&b=2",
      keywords: ["Eau", "Puits"],
      sourceUpdatedDate: "2019-12-22",
    });
  });

  it("RSS: a guid that is a link replaces a missing link, and a link replaces a missing guid", async () => {
    const { aids } = await read("rss", {
      body: rssOf(
        "<item><title>Un</title><guid>https://region.example.org/un</guid><description>Début</description></item>",
        "<item><title>Deux</title><link>https://region.example.org/deux</link></item>",
        '<item><title>Trois</title><guid isPermaLink="false">https://region.example.org/trois</guid></item>',
      ),
    });
    expect(aids["https://region.example.org/un"]).toMatchObject({
      originUrl: "https://region.example.org/un",
      description: "<p>Début</p>",
    });
    expect(aids["https://region.example.org/deux"]).toMatchObject({ originUrl: "https://region.example.org/deux" });
    expect(aids["https://region.example.org/trois"]).toMatchObject({ originUrl: null });
  });

  it("Atom: reads plain text, HTML and XHTML, the link of the page, and labels of categories", async () => {
    const { aids, unread } = await read("atom", {
      body: atomOf(
        `<entry><id>urn:1</id><title type="html">Aide &amp;amp; conseil</title><updated>2019-12-21T23:30:00Z</updated><published>2019-01-01T00:00:00Z</published>
        <link rel="edit" href="https://region.example.org/edit/1"/><link rel="alternate" type="text/html" href="https://region.example.org/1"/>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Un</p><p>Deux</p></div></content><summary>Court</summary>
        <category term="eau" label="Eau &amp; air"/><author><name>A. Example</name></author></entry>`,
        `<entry><id>urn:2</id><title>Autre</title><updated>2024-07-01T10:00:00+02:00</updated><link href="https://region.example.org/2"/>
        <summary type="html">&lt;p&gt;Court&lt;/p&gt;</summary><category term="eau"/><category term="air"/></entry>`,
      ),
    });
    expect(unread).toEqual([]);
    expect(aids["urn:1"]).toMatchObject({
      name: "Aide & conseil",
      description: "<p>Un</p><p>Deux</p>",
      originUrl: "https://region.example.org/1",
      keywords: ["Eau & air"],
      sourceUpdatedDate: "2019-12-22",
    });
    expect(aids["urn:2"]).toMatchObject({
      description: "<p>Court</p>",
      originUrl: "https://region.example.org/2",
      keywords: ["air", "eau"],
    });
  });

  const item = rssOf("<item><title>Un</title><guid>1</guid></item>");

  it.each([
    ["a feed of the other format", atomOf("<entry><id>urn:1</id><title>Un</title></entry>"), "no-such-path"],
    ["a web page", "<!doctype html><html><head><title>Maintenance</title></head></html>", "html-page"],
    ["a feed cut in the middle", item.slice(0, -20), "malformed"],
  ])("%s is unreadable", async (_, body, code) => {
    expect(await failureOf(read("rss", { body }))).toMatchObject({ code });
  });

  it("a server that fails twice gets a third request", async () => {
    const { ids } = await read("rss", { status: 503 }, { status: 429, headers: { "retry-after": "1" } }, { body: item });
    expect(ids).toEqual(["1"]);
  });

  it("a body that is always truncated is not a feed", async () => {
    const cut: ScriptedAnswer = { body: item, cutAfter: 100 };
    expect(await failureOf(read("rss", cut, cut, cut))).toMatchObject({ code: "body-cut-short" });
  });
});
