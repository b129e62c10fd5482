import type { RowRefusal } from "./dispositif-aide-row.ts";
import type { RowFault } from "./validate-dispositif-aide.ts";

/** Why an aid is not in the open data: the first reason in this order. */
export type LeftOutReason =
  /** The licence does not allow open data: an agreement, or unknown. */
  | "licence"
  /** A territory, or an excluded one, has no INSEE code or a letter in it. */
  | "perimeter-without-insee-code"
  /** A programme's name contains `|`, the separator of programmes. */
  | "separator-in-program"
  /** A date that does not exist. */
  | "impossible-date"
  | "missing-description"
  /** More than 5,000 characters as Markdown. */
  | "description-too-long"
  | "missing-eligibility"
  | "missing-type"
  /** Neither instructor nor financer. */
  | "missing-organisation"
  /** The link is not a URI. */
  | "unreadable-url"
  /** No audience, or only researchers, which the schema lacks. */
  | "missing-audience"
  | "missing-perimeter"
  | "missing-source-updated-date"
  /** Another aid in the file has the same identifier: it came through two feeds. */
  | "duplicate-id"
  /** Any other constraint of the schema. */
  | "invalid-value";

/** Number of aids left out for a reason, and `connector/externalId` of the first three. */
export interface LeftOutAids {
  readonly count: number;
  readonly first: readonly string[];
}

/** Aids left out by reason. Filled while the file is written. */
export type LeftOut = ReadonlyMap<LeftOutReason, LeftOutAids>;

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

/** Returns the reason for an invalid row. */
export function reasonOf({ column, rule }: RowFault): LeftOutReason {
  return reasonOfFault[`${column} ${rule}`] ?? "invalid-value";
}
