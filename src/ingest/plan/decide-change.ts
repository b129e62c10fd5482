import { type AidContent, type AidField, aidFields, isEmptyValue } from "../../model/aid/aid.ts";
import type { FieldPolicy } from "../../model/aid/field-policy.ts";
import { layersOf } from "../../model/aid/layers-of.ts";
import { sameValue } from "../../model/aid/same-value.ts";
import { shownValue } from "../../model/aid/shown-value.ts";
import type { Change, FieldAction, FieldChange, FieldLayers, HeldAid, Proposal, StagedAid } from "../../model/plan/plan.ts";

/** How a connector's changes are decided. */
export interface DecisionRules {
  policyOf(field: AidField): FieldPolicy;
  /** Fields of which the connector says that empty means empty. */
  readonly emptyMeansEmpty: ReadonlySet<AidField>;
  /** Who proposes what is proposed. */
  readonly proposal: Proposal;
}

/** Dates that go when a later feed makes an aid ongoing and gives none: the one exception to "an empty value never erases". */
const feedDates: readonly AidField[] = ["startDate", "predepositDate", "submissionDeadline", "submissionDeadlineTime"];

/**
 * What becomes of an aid that we hold when its record comes in again: a change, `"unchanged"`, or `"ignored"` because a person rejected or merged it.
 * Three values count per field: last imported, current, incoming. Incoming = last imported: nothing to do, whatever a curator made of it. Else the
 * imported value follows the publisher, and the field's policy says whether what is shown does. Policies bind from publication on; before, only what a
 * person edited is kept. A value that is empty never erases one that we hold.
 */
export function decideChange(staged: StagedAid, held: HeldAid, rules: DecisionRules): Change | "unchanged" | "ignored" {
  if (held.status === "deleted" || held.status === "merged") return "ignored";
  const fields = decideFields(staged.content, held, rules);
  const base = { aidId: held.aidId, externalId: staged.externalId, baseRevision: held.revision, fields };
  if (staged.externalId !== held.externalId) return { ...base, kind: "re-identify", ...(isLost(held) && { state: { withdrawnAt: null } }) };
  if (isLost(held)) return { ...base, kind: "restore" };
  return Object.keys(fields).length === 0 ? "unchanged" : { ...base, kind: "update" };
}

/** Withdrawn because it left the feed: it returns with it. What a person withdrew stays off. */
function isLost(held: HeldAid): boolean {
  return held.withdrawnAt !== null && held.withdrawnBy === null;
}

function decideFields(content: AidContent, held: HeldAid, rules: DecisionRules): Change["fields"] {
  const fields: Partial<Record<AidField, FieldChange>> = {};
  const datesGo = content.recurrence === "ongoing" && feedDates.every((field) => content[field] === null);
  for (const field of aidFields) {
    const incoming = content[field];
    const last = held.imported[field];
    if (sameValue(field, incoming, last)) continue;
    // Whether an aid is one for our audiences is the connector's own rule: that it says nothing is an answer.
    const mayErase = field === "outOfScope" || rules.emptyMeansEmpty.has(field) || (datesGo && feedDates.includes(field));
    if (isEmptyValue(incoming) && (isEmptyValue(last) || !mayErase)) continue;
    fields[field] = decideField(field, incoming, held, rules);
  }
  return fields;
}

function decideField(field: AidField, incoming: unknown, held: HeldAid, rules: DecisionRules): FieldChange {
  const last = held.imported[field];
  const current = shownValue(held, field);
  const action = actionOn(field, incoming, current, held, rules);
  const before = layersOf(held, field);
  const edit = held.edits[field];
  const showsAnother = action === "propose" || (action === "keep" && !sameValue(field, current, incoming));
  const after: FieldLayers = {
    ...(edit !== undefined && { edit }),
    ...(showsAnother && edit === undefined && { kept: current }),
    ...(action === "propose" && { proposal: rules.proposal }),
  };
  return { last, current, incoming, action, ...given("before", before), ...given("after", after) };
}

function actionOn(field: AidField, incoming: unknown, current: unknown, held: HeldAid, rules: DecisionRules): FieldAction {
  const isEdited = field in held.edits;
  const policy = rules.policyOf(field);
  if (!isEdited && held.status !== "published") return isEmptyValue(current) ? "fill" : "apply";
  if (sameValue(field, current, incoming)) return isEdited ? "keep" : "apply";
  if (isEdited) return policy === "curator" || policy === "fill" || isEmptyValue(incoming) ? "keep" : "propose";
  if (policy === "publisher") return isEmptyValue(current) ? "fill" : "apply";
  if (policy === "fill") return isEmptyValue(current) ? "fill" : "keep";
  return policy === "review" ? "propose" : "keep";
}

function given<Name extends "before" | "after">(name: Name, layers: FieldLayers): { [name in Name]?: FieldLayers } {
  return Object.keys(layers).length === 0 ? {} : ({ [name]: layers } as { [name in Name]?: FieldLayers });
}
