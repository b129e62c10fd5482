import type { ConnectorInput } from "../definition.ts";
import type { FieldRules } from "../field-rules.ts";
import { date } from "../rules/date.ts";
import { html } from "../rules/html.ts";
import { identifier } from "../rules/identifier.ts";
import { text } from "../rules/text.ts";
import { url } from "../rules/url.ts";

/** A connector of a WordPress site. Its `feed` and `fields` override the platform's; `ignored` is added. */
type WordpressExport = Omit<ConnectorInput, "decode" | "fields"> & {
  /** `flat`: posts as a theme or plugin writes them. `restApi`: WordPress' own API. */
  readonly shape: "flat" | "restApi";
  readonly fields?: Partial<FieldRules>;
};

interface Platform {
  readonly feed: Pick<ConnectorInput["feed"], "paging">;
  readonly ignored: readonly string[];
  readonly fields: FieldRules;
}

const flat: Platform = {
  feed: {},
  ignored: [],
  fields: { externalId: identifier("ID"), name: text("post_title"), description: html("post_content") },
};

const restApi: Platform = {
  // Not by page number: after a full last page the API answers 400, like a failure in the middle.
  feed: { paging: { kind: "linkHeader" } },
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
  const platform = shape === "flat" ? flat : restApi;
  return {
    ...about,
    feed: { ...platform.feed, ...about.feed },
    decode: { format: "json" },
    ignored: [...platform.ignored, ...(about.ignored ?? [])],
    fields: { ...platform.fields, ...about.fields },
  };
}
