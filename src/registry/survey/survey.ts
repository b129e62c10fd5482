import type { ConnectorInput } from "../../kit/definition.ts";
import type { Evidence } from "./evidence.ts";

/** A decoded record. */
export type Values = Readonly<Record<string, unknown>>;

/** Decode options of a connector. HTML pages are not surveyed. */
export type Reading = Exclude<ConnectorInput["decode"], { readonly format: "html" }>;

/** Pagination of a connector. */
export type PagingInput = NonNullable<ConnectorInput["feed"]["paging"]>;

/** A platform by the name of its factory in the connector kit. */
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
  | "wordpressExport";

/** Ways to read a feed, best first, with remarks. */
export interface Readings {
  readonly readings: readonly Reading[];
  readonly remarks: readonly Evidence[];
  /** Pagination, if the feed shows it. */
  readonly paging?: PagingInput;
}

/** What most values of a field are. */
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

/** Profile of one field of a feed. Plain data, also shown to people. */
export interface FieldProfile {
  /** Path as in a rule. */
  readonly path: string;
  /** Number and share of records where it is filled. */
  readonly filled: number;
  readonly fill: number;
  /** It is a list in some record. */
  readonly isList: boolean;
  readonly kind: ValueKind;
  /** Number of distinct texts (folded), of list members if it is a list. */
  readonly distinct: number;
  /** No two records share a value. */
  readonly isUnique: boolean;
  /** Length of a text in characters. */
  readonly medianLength: number;
  readonly longest: number;
  /** Separator of list members in one text. */
  readonly separator: string | null;
  /** Date formats that match, and the share of values that they match; empty if there are no dates. */
  readonly dateFormats: readonly string[];
  readonly datesRead: number;
  /** Some distinct values, shortened. */
  readonly examples: readonly string[];
}

/** Result of examining a feed: the base of a proposal. */
export interface Survey {
  /** The best way to read it. */
  readonly reading: Reading;
  /** Other ways, best first: other lists of the document, other sheets. */
  readonly otherReadings: readonly Reading[];
  readonly platform: PlatformName | null;
  /** The publisher's time zone. */
  readonly timeZone: string;
  /** Number of records, including those not stored in `records`. */
  readonly received: number;
  /** Number of records that cannot be decoded. */
  readonly broken: number;
  /** Number of records that the feed announces. */
  readonly announced: number | null;
  /** Pagination, if the feed shows it. */
  readonly paging: PagingInput | null;
  /** Evidence about the feed as a whole. */
  readonly remarks: readonly Evidence[];
  /** Every path to a value, in feed order. */
  readonly fields: readonly FieldProfile[];
  /** The first records, some thousands at most. */
  readonly records: readonly Values[];
  /** Records of an older snapshot, if given. */
  readonly older: readonly Values[] | null;
}
