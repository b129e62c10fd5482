import type { ConnectorInput } from "../kit/definition.ts";
import type { Issue } from "../model/issue.ts";
import type { Evidence } from "./propose/evidence.ts";
import type { FoundSite, SitePages } from "./site/found-site.ts";

/** A decoded record. */
export type Values = Readonly<Record<string, unknown>>;

/** Decode options of a connector. */
export type Reading = ConnectorInput["decode"];

/** How a connector reads the pages of its records. */
export type DetailsInput = NonNullable<ConnectorInput["details"]>;

/** Pagination of a connector. */
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

/** Kind of most values of a field. */
export type ValueKind =
  | "empty"
  | "yes-no"
  | "number"
  | "date"
  | "link"
  | "email"
  | "phone"
  | "json"
  | "html"
  | "markdown"
  | "lines"
  | "text"
  | "line";

/** Form of a single value, recognised without the name of its field. A value may have several forms. */
export type ValueShape =
  | "siren"
  | "siret"
  | "uuid"
  | "machine-code"
  | "short-code"
  | "file-path"
  | "site-path"
  | "share-link"
  | "file-link"
  | "link"
  | "email"
  | "phone"
  | "number"
  | "year"
  | "amount"
  | "percentage"
  | "range"
  | "coordinates"
  | "postal-code"
  | "person"
  | "company"
  | "sentence"
  | "word";

/** Share of values, 0 to 1, that have each form. Forms without a value are missing. */
export type ShapeShares = Readonly<Partial<Record<ValueShape, number>>>;

/** Profile of one field of a feed. */
export interface FieldProfile {
  /** Path, as rules write it. */
  readonly path: string;
  /** Number of records in which the field is filled. `fill` is their share. */
  readonly filled: number;
  readonly fill: number;
  /** True if it is a list in at least one record. */
  readonly isList: boolean;
  readonly kind: ValueKind;
  /** Share of values by form: SIREN, amount, sentence. */
  readonly shapes: ShapeShares;
  /** Number of distinct texts, compared without case and accents. In lists, members are counted. */
  readonly distinct: number;
  /** True if no two records have the same value. */
  readonly isUnique: boolean;
  /** Lengths of texts in characters. */
  readonly medianLength: number;
  readonly longest: number;
  /** Separator of list members in one text, or null. */
  readonly separator: string | null;
  /** Date formats that match values. `datesRead` is the share of values that match. */
  readonly dateFormats: readonly string[];
  readonly datesRead: number;
  /** A few distinct values, shortened. */
  readonly examples: readonly string[];
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
  /** The publisher's time zone. */
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
