import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import { type AidField, aidFields } from "../model/aid/aid.ts";
import type { Suggestion } from "../model/aid/suggestion.ts";
import type { FieldChange, PerField } from "../model/plan/plan.ts";
import { decideSuggestion } from "./decide-suggestion.ts";
import type { Curator } from "./person-plan.ts";
import { personsChange, refused, type Verdict } from "./persons-change.ts";

/**
 * Fills the empty fields of an aid with the values that a person chose for all aids of a source, in one change. A sure suggestion for the aid
 * itself comes first. Like every value chosen for many aids, these stay unconfirmed.
 */
export function decideSharedValues(
  aid: CuratedAid,
  chosen: PerField<unknown>,
  suggestions: readonly Suggestion[],
  curator: Curator,
): Verdict {
  const fields: Partial<Record<AidField, FieldChange>> = {};
  let objection: Verdict = refused("no-suggestion", { field: "" });
  for (const field of aidFields) {
    if (!(field in chosen)) continue;
    const own = decideSuggestion(aid, { field, isSeen: false }, suggestions, curator);
    const verdict = "refused" in own ? decideSuggestion(aid, { field, isSeen: false, chosen: chosen[field] }, [], curator) : own;
    if ("refused" in verdict) objection = verdict;
    else Object.assign(fields, verdict.change.fields);
  }
  if (Object.keys(fields).length === 0) return objection;
  return { change: personsChange(aid, "edit", curator, { fields }), cautions: [] };
}
