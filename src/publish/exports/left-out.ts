import type { LeftOutReason } from "../../model/aid/left-out-reason.ts";
import type { RowRefusal } from "./dispositif-aide-row.ts";
import type { RowFault } from "./validate-dispositif-aide.ts";

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
