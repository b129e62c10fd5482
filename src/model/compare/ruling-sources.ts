import { type AidContent, isEmptyValue } from "../aid/aid.ts";
import { type AidField, aidFields, factsOf, fieldsWhere } from "../aid/field-table.ts";
import { openLicences } from "../aid/open-data.ts";
import { sameValue } from "../aid/same-value.ts";
import type { PerField } from "../plan/plan.ts";
import type { BorrowedValue, Sharing } from "../plan/sharing.ts";

/** A source of an aid: its own one, or an aid that was merged into it. */
export interface AidSource {
  readonly aidId: string;
  readonly connector: string;
  readonly content: Partial<AidContent>;
  readonly sharing: Sharing;
  /** The aid has left the feed of this source. It then rules only fields that no other source fills. */
  readonly isGone?: boolean;
}

/**
 * Returns the values that an aid borrows from its further sources. Each field is ruled by the connector that a person has chosen, otherwise
 * by the declared connector (`otherSources.rules`), otherwise by a publisher before an aggregator, otherwise by the aid's own source. A
 * source that does not fill the field does not rule it.
 */
export function borrowedValues(own: AidSource, further: readonly AidSource[], chosen: PerField<string>): PerField<BorrowedValue> {
  const borrowed: Partial<Record<AidField, BorrowedValue>> = {};
  for (const field of aidFields) {
    const { lent, together } = factsOf(field);
    if (lent === "never") continue;
    const group = together === undefined ? [field] : fieldsWhere((other) => other.together === together);
    const filling = [own, ...further].filter((source) => source === own || mayLend(source, field)).filter(fills(group));
    const ruling = filling.find(({ connector }) => connector === chosen[field]) ?? rulingOf(filling, field);
    if (ruling === undefined || ruling === own) continue;
    const value = ruling.content[field] ?? null;
    // The source that rules a group also rules that a member is empty: an ongoing aid has no deadline.
    const mayBeEmpty = group.length > 1;
    if ((mayBeEmpty || !isEmptyValue(value)) && !sameValue(field, value, own.content[field] ?? null))
      borrowed[field] = { value, from: ruling.aidId };
  }
  return borrowed;
}

function fills(group: readonly AidField[]) {
  return ({ content }: AidSource) => group.some((field) => !isEmptyValue(content[field] ?? null));
}

function mayLend({ content }: AidSource, field: AidField): boolean {
  return factsOf(field).lent !== "openly" || openLicences.has(content.importShareLicence ?? "unknown");
}

/** Returns the source that no later one rules over. The aid's own source comes first. */
function rulingOf(sources: readonly AidSource[], field: AidField): AidSource | undefined {
  const [first, ...others] = sources;
  return first && others.reduce((ruling, other) => (rulesOver(other, ruling, field) ? other : ruling), first);
}

function rulesOver(one: AidSource, other: AidSource, field: AidField): boolean {
  if (other.isGone) return true;
  if (declares(one, other, field)) return true;
  if (declares(other, one, field)) return false;
  return other.sharing.isAggregator && !one.sharing.isAggregator;
}

function declares({ sharing }: AidSource, { connector }: AidSource, field: AidField): boolean {
  const fields = sharing.rules[connector];
  return fields === "all" || (fields?.includes(field) ?? false);
}
