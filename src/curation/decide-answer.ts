import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import { type AidField, aidFields } from "../model/aid/aid.ts";
import { layersOf, shownValue } from "../model/aid/shown-value.ts";
import { changeKey } from "../model/compare/change-key.ts";
import type { FieldChange } from "../model/plan/plan.ts";
import { decideEdit } from "./decide-edit.ts";
import type { Curator } from "./person-plan.ts";
import { outOfCatalogue, personsChange, personsFieldChange, refused, type Verdict } from "./persons-change.ts";

/** A person's answer to a proposal. */
export type Answer = "accept" | "refuse";

/**
 * Answers proposals on the wanted fields of an aid, or on all fields (null). `accept` shows the publisher's value and removes an edit of
 * the field. `refuse` keeps the shown value; the publisher's next change makes a new proposal.
 */
export function decideAnswer(aid: CuratedAid, answer: Answer, wanted: readonly AidField[] | null, curator: Curator): Verdict {
  const gone = outOfCatalogue(aid);
  if (gone !== null) return { refused: gone };
  const fields: Partial<Record<AidField, FieldChange>> = {};
  for (const field of wanted ?? aidFields) {
    const { proposal, ...rest } = layersOf(aid, field);
    if (proposal !== undefined) fields[field] = answered(aid, field, answer, rest);
    else if (wanted !== null) return refused("no-proposal", { field });
  }
  if (Object.keys(fields).length === 0) return refused("no-proposal", { field: "" });
  return { change: personsChange(aid, answer, curator, { fields }), cautions: [] };
}

function answered(aid: CuratedAid, field: AidField, answer: Answer, rest: FieldChange["after"]): FieldChange {
  const incoming = aid.imported[field];
  if (answer === "accept") return personsFieldChange(aid, field, { incoming, action: "apply", after: {} });
  return personsFieldChange(aid, field, { incoming, action: "keep", after: rest ?? {} });
}

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
