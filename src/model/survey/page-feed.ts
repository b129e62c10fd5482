/** Kind of a feed that a page names. */
const feedKinds = ["rss", "wordpress", "dataGouv", "openDataSoft", "openApi", "sitemap", "file"] as const;

/** A feed that a page names. A person can take it in place of the pages. */
export interface PageFeed {
  readonly kind: (typeof feedKinds)[number];
  readonly address: string;
  /** What the page calls it; may be empty. */
  readonly title: string;
}
