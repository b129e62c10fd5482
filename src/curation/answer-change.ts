import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import { type AidField, aidFields } from "../model/aid/aid.ts";
import { shownValue } from "../model/aid/shown-value.ts";
import { changeKey } from "../model/compare/change-key.ts";
import { type Answer, decideAnswer } from "./decide-answer.ts";
import { decideEdit } from "./decide-edit.ts";
import type { Curator } from "./person-plan.ts";
import { refused, type Verdict } from "./persons-change.ts";

/** A person's answer to a change of several aids. `edit`: a value that replaces the publisher's. */
export type ChangeDecision = { readonly kind: Answer } | { readonly kind: "edit"; readonly value: unknown };

/** Returns the field of a change, or null if the key is of no field. */
export function fieldOfChange(change: string): AidField | null {
  return aidFields.find((field) => change.startsWith(`${field}-`)) ?? null;
}

/** Answers the proposal of an aid that makes this change. Returns an objection if the aid has no such proposal any more. */
export function answerChange(aid: CuratedAid, change: string, decision: ChangeDecision, curator: Curator): Verdict {
  const field = fieldOfChange(change);
  if (field === null || !makesChange(aid, field, change)) return refused("no-proposal", { field: field ?? "" });
  if (decision.kind !== "edit") return decideAnswer(aid, decision.kind, [field], curator);
  return decideEdit(aid, { values: { [field]: decision.value }, withdrawn: [] }, curator);
}

function makesChange(aid: CuratedAid, field: AidField, change: string): boolean {
  return aid.proposals[field] !== undefined && changeKey(field, shownValue(aid, field), aid.imported[field]) === change;
}
