import { type AidContent, type AidField, aidFields, isEmptyValue } from "../../model/aid/aid.ts";
import { sameValue } from "../../model/aid/same-value.ts";
import { layersOf, ownContent, shownValue } from "../../model/aid/shown-value.ts";
import { decideField, type FieldRules, fieldChangeOf } from "../../model/plan/decide-field.ts";
import type { Change, FieldChange, StagedAid, StoredAid } from "../../model/plan/plan.ts";

/** A connector's rules for deciding a change. */
export interface DecisionRules extends FieldRules {
  /** Fields where an empty value erases the stored value, as the connector declares. */
  readonly emptyMeansEmpty: ReadonlySet<AidField>;
  /** Fields that keep their last values, because a person holds them until the feed is right again. */
  readonly held: ReadonlySet<AidField>;
}

/** Dates that are erased when an aid becomes ongoing and the feed gives no dates. Other empty values do not erase stored values. */
const feedDates: readonly AidField[] = ["startDate", "predepositDate", "submissionDeadline", "submissionDeadlineTime"];

/**
 * Returns the change of a stored aid whose record arrives again. Returns `"ignored"` if a person rejected or merged the aid. An
 * aid merged into one of another connector is a further source of it, and follows its feed, but not under a new id.
 *
 * Each field has three values: last imported, current and incoming. If incoming equals last imported, the field does not change, even if a
 * curator has edited it. Otherwise the incoming value becomes the imported value, and the field's policy says whether it is also shown.
 * Policies apply to published aids; in other aids, only edited values are protected. An empty value does not erase a stored value.
 */
export function decideChange(staged: StagedAid, stored: StoredAid, rules: DecisionRules): Change | "unchanged" | "ignored" {
  const isFurtherSource = stored.isFurtherSource === true && staged.externalId === stored.externalId;
  if (stored.status === "deleted" || (stored.status === "merged" && !isFurtherSource)) return "ignored";
  const fields = decideFields(staged.content, stored, rules);
  const state = isHeldBack(staged.content, stored, rules) ? comparedAgain : {};
  const base = { aidId: stored.aidId, externalId: staged.externalId, baseRevision: stored.revision, fields };
  if (staged.externalId !== stored.externalId)
    return { ...base, kind: "re-identify", ...stated(isLost(stored) ? { ...state, withdrawnAt: null } : state) };
  if (isLost(stored)) return { ...base, kind: "restore", ...stated(state) };
  return Object.keys(fields).length === 0 ? "unchanged" : { ...base, kind: "update", ...stated(state) };
}

/** Without hash and fingerprint of the received record, the next run compares the aid again. */
const comparedAgain: NonNullable<Change["state"]> = { fingerprint: "", recordHash: null };

/** Returns true if a held field would change. */
function isHeldBack(content: AidContent, stored: StoredAid, { held }: DecisionRules): boolean {
  return [...held].some((field) => !sameValue(field, content[field], ownContent(stored)[field]));
}

function stated(state: NonNullable<Change["state"]>): Pick<Change, "state"> {
  return Object.keys(state).length === 0 ? {} : { state };
}

/** Returns true if the aid was withdrawn because it left the feed. It is restored when it returns, unlike an aid that a person withdrew. */
function isLost(stored: StoredAid): boolean {
  return stored.withdrawnAt !== null && stored.withdrawnBy === null;
}

function decideFields(content: AidContent, stored: StoredAid, rules: DecisionRules): Change["fields"] {
  const fields: Partial<Record<AidField, FieldChange>> = {};
  const own = ownContent(stored);
  const datesGo = content.recurrence === "ongoing" && feedDates.every((field) => content[field] === null);
  for (const field of aidFields) {
    const incoming = content[field];
    const last = own[field];
    if (sameValue(field, incoming, last) || rules.held.has(field)) continue;
    // `outOfScope` comes from a rule of the connector, so null is its result and not a missing value.
    const mayErase = field === "outOfScope" || rules.emptyMeansEmpty.has(field) || (datesGo && feedDates.includes(field));
    if (isEmptyValue(incoming) && (isEmptyValue(last) || !mayErase)) continue;
    const isBorrowed = stored.borrowed !== undefined && field in stored.borrowed;
    fields[field] = isBorrowed ? behindBorrowed(field, last, incoming, stored) : decideField(field, incoming, stored, rules);
  }
  return fields;
}

/** The aid shows the value of another source. Applying the plan combines the sources again. */
function behindBorrowed(field: AidField, last: unknown, incoming: unknown, stored: StoredAid): FieldChange {
  const layers = layersOf(stored, field);
  return fieldChangeOf({ last, current: shownValue(stored, field), incoming, action: "keep" }, layers, layers);
}
