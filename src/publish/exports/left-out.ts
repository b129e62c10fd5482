import type { RowRefusal } from "./dispositif-aide-row.ts";
import type { RowFault } from "./validate-dispositif-aide.ts";

/** Why an aid is not in the open data. One reason per aid, the first that holds in this order. */
export type LeftOutReason =
  /** Its publisher's licence does not allow open data: an agreement, or not recorded. */
  | "licence"
  /** A territory of the aid, or one that it excludes, cannot be written: no INSEE code, or a letter in it. */
  | "perimeter-without-insee-code"
  /** The name of a programme contains `|`, which separates programmes. */
  | "separator-in-program"
  /** A date that is not in the calendar. */
  | "impossible-date"
  | "missing-description"
  /** More than 5,000 characters, as Markdown. */
  | "description-too-long"
  | "missing-eligibility"
  | "missing-type"
  /** Neither an instructor nor a financer. */
  | "missing-organisation"
  /** The link is no URI. */
  | "unreadable-url"
  /** No audience, or none that the schema has a word for (researchers). */
  | "missing-audience"
  | "missing-perimeter"
  | "missing-source-updated-date"
  /** Another aid of the file has the same identifier: the same aid came by two feeds. */
  | "duplicate-id"
  /** Anything else that the schema refuses. */
  | "invalid-value";

/** Aids left out, by reason: `connector/externalId` of each. Filled while the file is written. */
export type LeftOut = ReadonlyMap<LeftOutReason, readonly string[]>;

const reasonOfFault: Partial<Record<`${RowFault["column"]} ${RowFault["rule"]}`, Exclude<LeftOutReason, RowRefusal>>> = {
  "description required": "missing-description",
  "description maxLength": "description-too-long",
  "eligibilite required": "missing-eligibility",
  "types_aides required": "missing-type",
  "porteurs required": "missing-organisation",
  "url_source format": "unreadable-url",
  "url_source pattern": "unreadable-url",
  "cibles required": "missing-audience",
  "eligibilite_geographique required": "missing-perimeter",
  "date_mise_a_jour required": "missing-source-updated-date",
};

/** What a fault of a row says of its aid. */
export function reasonOf({ column, rule }: RowFault): LeftOutReason {
  return reasonOfFault[`${column} ${rule}`] ?? "invalid-value";
}
