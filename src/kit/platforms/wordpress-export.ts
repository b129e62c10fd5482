import type { ConnectorInput } from "../definition.ts";
import { date } from "../rules/date.ts";
import { identifier } from "../rules/identifier.ts";
import { html, text } from "../rules/texts.ts";
import { url } from "../rules/url.ts";
import { type Platform, type PlatformConnector, withPlatform } from "./with-platform.ts";

type WordpressExport = PlatformConnector & {
  /** `flat`: posts exported by a theme or plugin. `restApi`: the API of WordPress. */
  readonly shape: "flat" | "restApi";
};

const flat: Platform = {
  decode: { format: "json" },
  fields: { externalId: identifier("ID"), name: text("post_title"), description: html("post_content") },
};

/** Pages follow the header `Link`. With page numbers, the status 400 after a full last page would look like a failure. */
const linkedPages = { paging: { kind: "linkHeader" } } as const;

const restApi: Platform = {
  decode: { format: "json" },
  ignored: [
    "author",
    "class_list",
    "comment_status",
    "date",
    "date_gmt",
    "excerpt",
    "featured_media",
    "format",
    "guid",
    "meta",
    "modified_gmt",
    "ping_status",
    "slug",
    "status",
    "sticky",
    "template",
    "type",
    "_links",
  ],
  fields: {
    externalId: identifier("id"),
    name: text("title.rendered"),
    description: html("content.rendered"),
    originUrl: url("link"),
    // `modified` is the site's local time. `modified_gmt` is UTC, but without a `Z`.
    sourceUpdatedDate: date("modified", ["iso"]),
  },
};

/**
 * Returns a connector of the posts of a WordPress site, as JSON.
 *
 * - `flat`: one list of posts, as Grand Est and WelcomEurope send it. A post has the columns of the database table (`ID`, `post_title`,
 *   `post_content`, `post_type`, `post_date`) and the custom fields.
 * - `restApi`: the REST API v2 of WordPress 4.7 and later, `/wp-json/wp/v2/<type>`. Request `per_page=100`, the maximum, and
 *   `orderby=id&order=asc`, so that a new post does not move others to the next page.
 *   https://developer.wordpress.org/rest-api/reference/posts/, https://developer.wordpress.org/rest-api/using-the-rest-api/pagination/
 */
export function wordpressExport({ shape, ...about }: WordpressExport): ConnectorInput {
  if (shape === "flat") return withPlatform(about, flat);
  return withPlatform({ ...about, feed: { ...linkedPages, ...about.feed } }, restApi);
}
