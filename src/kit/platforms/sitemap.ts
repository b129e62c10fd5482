import type { ConnectorInput } from "../definition.ts";

/** A connector of a site whose sitemap lists the pages of the aids. */
type SitemapSite = Omit<ConnectorInput, "decode" | "details"> & {
  /** Patterns of the paths of the aids' pages, as in robots.txt: `/aides/*`. */
  readonly pages: readonly [string, ...string[]];
  /** Patterns of the paths of the sitemaps to read, if the address is an index. Default: all. */
  readonly sitemaps?: readonly [string, ...string[]];
  readonly details: Omit<NonNullable<ConnectorInput["details"]>, "url" | "only" | "changed">;
};

/**
 * Returns a connector of a site whose sitemap lists the pages of the aids. `feed.url` is a sitemap or an index of sitemaps, gzipped or not.
 * The identifier is the address: `identifier("loc")`. `lastmod` says which pages to request again. https://www.sitemaps.org/protocol.html
 */
export function sitemap({ pages, sitemaps, details, feed, ...about }: SitemapSite): ConnectorInput {
  return {
    ...about,
    feed: { ...feed, paging: { kind: "sitemaps", ...(sitemaps && { only: [...sitemaps] }) } },
    decode: { format: "xml", recordPath: "/urlset/url" },
    details: { ...details, url: "loc", only: [...pages], changed: "lastmod" },
    ignored: ["lastmod", "changefreq", "priority", "image", "link", ...(about.ignored ?? [])],
  };
}
