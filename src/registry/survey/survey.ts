import type { ConnectorInput } from "../../kit/definition.ts";
import type { Evidence } from "./evidence.ts";
import type { FieldProfile } from "./field-profile.ts";

/** A record of a feed, as decoded. */
export type Values = Readonly<Record<string, unknown>>;

/** How a connector says in which way a feed is written; pages of HTML are not surveyed. */
export type Reading = Exclude<ConnectorInput["decode"], { readonly format: "html" }>;

/** How a connector says that the pages of a feed follow each other. */
export type PagingInput = NonNullable<ConnectorInput["feed"]["paging"]>;

/** A platform whose shape a feed has: the name of its factory in the connector kit. */
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

/** What was found out about a feed by looking at it: the base of a proposal. */
export interface Survey {
  /** The best way to read it. */
  readonly reading: Reading;
  /** Other ways, best first: other lists of the document, other sheets. */
  readonly otherReadings: readonly Reading[];
  readonly platform: PlatformName | null;
  /** Where the publisher is: dates are calendar dates there. */
  readonly timeZone: string;
  /** Records of the feed, also those that are no longer kept in `records`. */
  readonly received: number;
  /** Records that cannot be decoded. */
  readonly broken: number;
  /** Number of records that the feed says that it has. */
  readonly announced: number | null;
  /** How the next pages are reached, where the feed tells. */
  readonly paging: PagingInput | null;
  /** What there is to say of the feed as a whole. */
  readonly remarks: readonly Evidence[];
  /** Each path of the records that holds a value, in the feed's order. */
  readonly fields: readonly FieldProfile[];
  /** The first records, some thousands at most. */
  readonly records: readonly Values[];
  /** The records of an older snapshot of the same feed, where one was given. */
  readonly older: readonly Values[] | null;
}
