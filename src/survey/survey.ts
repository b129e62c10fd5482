import type { ConnectorInput } from "../kit/definition.ts";
import type { Issue } from "../model/issue.ts";
import type { Values } from "../model/run/decoded-record.ts";
import type { Evidence } from "../model/survey/evidence.ts";
import type { FieldProfile } from "../model/survey/field-profile.ts";
import type { FoundSite, SitePages } from "./site/found-site.ts";

export type Reading = ConnectorInput["decode"];

export type DetailsInput = NonNullable<ConnectorInput["details"]>;

export type PagingInput = NonNullable<ConnectorInput["feed"]["paging"]>;

/** Name of a platform: its factory in the connector kit. */
export type PlatformName =
  | "aidesTerritoiresApi"
  | "ckan"
  | "dataGouv"
  | "dispositifAide"
  | "fundingTenders"
  | "manualTemplate"
  | "moissonTemplate"
  | "openDataSoft"
  | "rss"
  | "site"
  | "sitemap"
  | "wordpressExport";

/** Possible decode options of a feed, best first, with remarks. */
export interface Readings {
  readonly readings: readonly Reading[];
  readonly remarks: readonly Evidence[];
  /** Pagination, if the feed shows it. */
  readonly paging?: PagingInput;
  /** How the pages of the records are read, if the file contains pages. */
  readonly details?: DetailsInput;
  /** The site, if the file contains pages. */
  readonly site?: FoundSite;
  readonly pages?: SitePages;
}

/** How many pages of a list were read, and why others were not, most frequent first. */
export interface ReadPages {
  readonly read: number;
  readonly listed: number;
  readonly unread: readonly { readonly example: Issue; readonly count: number }[];
}

/** Result of examining a feed. Proposals are made from it. */
export interface Survey {
  /** The best decode options. */
  readonly reading: Reading;
  /** Other decode options, best first, for other lists or sheets of the file. */
  readonly otherReadings: readonly Reading[];
  readonly platform: PlatformName | null;
  readonly timeZone: string;
  /** The present day, YYYY-MM-DD, or null if future and past dates are not told apart. */
  readonly today: string | null;
  /** Number of records, including those not stored in `records`. */
  readonly received: number;
  /** Number of records that cannot be decoded. */
  readonly broken: number;
  /** Number of records that the feed announces. */
  readonly announced: number | null;
  /** Pagination, if the feed shows it. */
  readonly paging: PagingInput | null;
  /** How the pages of the records are read; null for a feed without pages. */
  readonly details: DetailsInput | null;
  /** What else the site has, and which pages were read; null for a feed without pages. */
  readonly site: (FoundSite & ReadPages) | null;
  /** The pages as received, for a fixture. */
  readonly pages: SitePages | null;
  /** Evidence about the feed as a whole. */
  readonly remarks: readonly Evidence[];
  /** Every path to a value, in feed order. */
  readonly fields: readonly FieldProfile[];
  /** The first records, at most 5,000. */
  readonly records: readonly Values[];
  /** Records of an older snapshot, or null. */
  readonly older: readonly Values[] | null;
}
