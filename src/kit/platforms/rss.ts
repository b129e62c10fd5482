import type { ConnectorInput } from "../definition.ts";
import { firstOf, json, when } from "../expressions/expression.ts";
import { date } from "../rules/date.ts";
import { identifier } from "../rules/identifier.ts";
import { list } from "../rules/list.ts";
import { html, text } from "../rules/texts.ts";
import { url } from "../rules/url.ts";
import { type Platform, type PlatformConnector, withPlatform } from "./with-platform.ts";

type NewsFeed = PlatformConnector & {
  /** Default `rss`. */
  readonly format?: "rss" | "atom";
};

const rss2: Platform = {
  decode: { format: "xml", recordPath: "/rss/channel/item" },
  ignored: ["author", "comments", "commentRss", "creator", "enclosure", "source"],
  fields: {
    externalId: identifier(firstOf("guid", "link")),
    name: text("title"),
    // If `content:encoded` contains the whole text, `description` is only its beginning.
    description: html(firstOf("encoded", "description")),
    // A guid is a link unless `isPermaLink` is false.
    originUrl: url(firstOf("link", when({ not: { field: "guid.@isPermaLink", isOneOf: ["false"] } }, "guid"))),
    keywords: list("category"),
    sourceUpdatedDate: date("pubDate", ["rfc822", "iso"]),
  },
};

const atom: Platform = {
  decode: { format: "xml", recordPath: "/feed/entry" },
  ignored: ["author", "contributor", "published", "rights", "source"],
  fields: {
    externalId: identifier("id"),
    name: text("title"),
    description: html(firstOf("content", "summary")),
    originUrl: url(firstOf(json("link", { path: "[].@href", where: { key: "@rel", isOneOf: ["alternate"] } }), "link.@href")),
    keywords: list(firstOf("category[].@label", "category[].@term")),
    sourceUpdatedDate: date("updated", ["iso"]),
  },
};

/**
 * Returns a connector of a news feed with one aid per item. If the feed contains only the newest items, raise `absence`, because older aids
 * disappear from it.
 *
 * - `rss`: RSS 2.0 with `content:encoded` and Dublin Core. Its only date is the day of publication.
 *   https://www.rssboard.org/rss-specification
 * - `atom`: Atom 1.0, with texts as plain text, HTML or XHTML. https://www.rfc-editor.org/rfc/rfc4287
 */
export function rss({ format = "rss", ...about }: NewsFeed): ConnectorInput {
  return withPlatform(about, format === "rss" ? rss2 : atom);
}
