import type { Edit, PerField, SuggestedBy } from "../plan/plan.ts";
import { type AidField, aidFields, isEmptyValue } from "./aid.ts";
import type { SuggestionRule } from "./suggestion.ts";

/** A field that we filled with a suggestion. */
export interface FilledField {
  readonly field: AidField;
  readonly rule: SuggestionRule;
  /** A person has accepted the suggestion for this aid. */
  readonly confirmed: boolean;
}

/** Returns the fields of an aid that show a suggestion of ours, in the order of `aidFields`. */
export function filledFields(edits: PerField<Edit>): FilledField[] {
  return aidFields.flatMap((field) => {
    const suggestion = edits[field]?.suggestion;
    return suggestion === undefined ? [] : [{ field, rule: suggestion.rule, confirmed: suggestion.confirmed }];
  });
}

/** Returns true if the edit is a suggestion that no person has confirmed, and the publisher now gives a value of its own. */
export function yieldsTo(edit: Edit | undefined, incoming: unknown): boolean {
  return isUnconfirmed(edit?.suggestion) && !isEmptyValue(incoming);
}

/** Returns true for a suggestion that a standing decision has filled in, and no person has confirmed for this aid. */
export function isUnconfirmed(suggestion: SuggestedBy | undefined): boolean {
  return suggestion?.confirmed === false;
}
