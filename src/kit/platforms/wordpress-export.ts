import type { ConnectorInput } from "../definition.ts";
import { date } from "../rules/date.ts";
import { html } from "../rules/html.ts";
import { identifier } from "../rules/identifier.ts";
import { text } from "../rules/text.ts";
import { url } from "../rules/url.ts";
import { overPlatform, type Platform, type PlatformConnector } from "./over-platform.ts";

/** A connector of a WordPress site. Its `feed` and `fields` override the platform's; `ignored` is added. */
type WordpressExport = PlatformConnector & {
  /** `flat`: posts as a theme or plugin writes them. `restApi`: WordPress' own API. */
  readonly shape: "flat" | "restApi";
};

const flat: Platform = {
  decode: { format: "json" },
  fields: { externalId: identifier("ID"), name: text("post_title"), description: html("post_content") },
};

/** Pages follow the header `Link`, not page numbers. After a full last page, the API answers 400, like a failure in the middle. */
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
    // `modified` is the site's local time; `modified_gmt` is UTC without saying so.
    sourceUpdatedDate: date("modified", ["iso"]),
  },
};

/**
 * The posts of a WordPress site as JSON. `flat`: a list of posts with the columns of the table (`ID`, `post_title`, `post_content`,
 * `post_type`, `post_date`) and the custom fields beside them, as Grand Est and WelcomEurope write it, without paging. `restApi`: the REST
 * API v2 (WordPress 4.7 and later), `/wp-json/wp/v2/<type>`; pages follow the header `Link`. Request `per_page=100`, the maximum, and
 * `orderby=id&order=asc`, so that a new post does not move the others. https://developer.wordpress.org/rest-api/reference/posts/,
 * https://developer.wordpress.org/rest-api/using-the-rest-api/pagination/
 */
export function wordpressExport({ shape, ...about }: WordpressExport): ConnectorInput {
  if (shape === "flat") return overPlatform(about, flat);
  return overPlatform({ ...about, feed: { ...linkedPages, ...about.feed } }, restApi);
}
