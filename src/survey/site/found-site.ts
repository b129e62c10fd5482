import type { ConnectorInput } from "../../kit/definition.ts";
import type { SiteSoftware } from "../../kit/pages/site-software.ts";
import type { PageFeed } from "../../model/survey/page-feed.ts";

/** A list that a page has, for a person to choose. */
export interface OfferedList {
  /** Names the list: the selector of its records, a pattern of paths, or a field. */
  readonly records: string;
  /** How the list is decoded. */
  readonly reading: ConnectorInput["decode"];
  readonly count: number;
  /** Some titles, or addresses if the list has no titles. */
  readonly samples: readonly string[];
  /** Pages that show the structure: at the beginning, in the middle, at the end. */
  readonly pages: readonly string[];
}

/** What the page with the list has. The first list is the chosen one. */
export interface FoundSite {
  readonly lists: readonly OfferedList[];
  readonly feeds: readonly PageFeed[];
  /** Software whose usual markup the chosen list has, or null. */
  readonly software: SiteSoftware | null;
}

/** The list and a few of its pages, as text. */
export interface SitePages {
  readonly list: { readonly url: string; readonly text: string };
  readonly pages: readonly { readonly url: string; readonly text: string }[];
}
