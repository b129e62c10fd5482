import { type AidField, aidFields, isEmptyValue } from "../../aid/aid.ts";
import { canonicalJson } from "../../aid/canonical.ts";
import type { Change, FieldChange, HeldAid, StagedAid } from "../../aid/plan.ts";

/** Dates that go when a later feed makes an aid ongoing and gives none: the one exception to "an empty value never erases". */
const feedDates: readonly AidField[] = ["startDate", "predepositDate", "submissionDeadline", "submissionDeadlineTime"];

/**
 * What becomes of an aid that we hold when its record comes in again: a change, `"unchanged"`, or `"ignored"` because a person rejected or merged it.
 * Three values count per field: last imported, current, incoming. Incoming = last imported: nothing to do. A field that a person corrected keeps
 * the person's value. An empty incoming value never erases one that we hold.
 */
export function decideChange(staged: StagedAid, held: HeldAid): Change | "unchanged" | "ignored" {
  if (held.status === "deleted" || held.status === "merged") return "ignored";
  const fields: Partial<Record<AidField, FieldChange>> = {};
  const datesGo = staged.content.recurrence === "ongoing" && feedDates.every((field) => staged.content[field] === null);
  for (const field of aidFields) {
    const incoming = staged.content[field];
    const last = held.imported[field];
    if (sameValue(incoming, last)) continue;
    if (isEmptyValue(incoming) && !(datesGo && feedDates.includes(field))) continue;
    const edited = field in held.edits;
    const current = edited ? held.edits[field] : last;
    fields[field] = { last, current, incoming, action: edited ? "keep" : isEmptyValue(current) ? "fill" : "apply" };
  }
  const base = { aidId: held.aidId, externalId: held.externalId, baseRevision: held.revision, fields };
  if (held.withdrawnAt !== null) return { ...base, kind: "restore" };
  return Object.keys(fields).length === 0 ? "unchanged" : { ...base, kind: "update" };
}

function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object") return false;
  return canonicalJson(a) === canonicalJson(b);
}
