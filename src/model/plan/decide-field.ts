import { type AidField, isEmptyValue } from "../aid/aid.ts";
import type { FieldPolicy } from "../aid/field-policy.ts";
import { sameValue } from "../aid/same-value.ts";
import { layersOf, shownValue } from "../aid/shown-value.ts";
import { yieldsTo } from "../aid/suggested-edit.ts";
import type { FieldAction, FieldChange, FieldLayers, Proposal, StoredAid } from "./plan.ts";

/** Rules for deciding the change of a field. */
export interface FieldRules {
  policyOf(field: AidField): FieldPolicy;
  /** Author and time of any proposal. */
  readonly proposal: Proposal;
}

/** Returns the change of a field. Policies protect published aids and edits; an unconfirmed suggestion counts as an empty field. */
export function decideField(field: AidField, incoming: unknown, stored: StoredAid, rules: FieldRules): FieldChange {
  const last = stored.imported[field];
  const current = shownValue(stored, field);
  const action = actionOn(field, incoming, current, stored, rules);
  const edit = yieldsTo(stored.edits[field], incoming) ? undefined : stored.edits[field];
  const showsAnother = action === "propose" || (action === "keep" && !sameValue(field, current, incoming));
  const after: FieldLayers = {
    ...(edit !== undefined && { edit }),
    ...(showsAnother && edit === undefined && { kept: current }),
    ...(action === "propose" && { proposal: rules.proposal }),
  };
  return fieldChangeOf({ last, current, incoming, action }, layersOf(stored, field), after);
}

/** Returns a field's change with the layers before and after it, as far as there are any. */
export function fieldChangeOf(change: Omit<FieldChange, "before" | "after">, before: FieldLayers, after: FieldLayers): FieldChange {
  return { ...change, ...given("before", before), ...given("after", after) };
}

function actionOn(field: AidField, incoming: unknown, current: unknown, stored: StoredAid, rules: FieldRules): FieldAction {
  const policy = rules.policyOf(field);
  if (yieldsTo(stored.edits[field], incoming)) return "fill";
  const isEdited = field in stored.edits;
  if (!isEdited && stored.status !== "published") return isEmptyValue(current) ? "fill" : "apply";
  if (sameValue(field, current, incoming)) return isEdited ? "keep" : "apply";
  if (isEdited) return policy === "curator" || policy === "fill" || isEmptyValue(incoming) ? "keep" : "propose";
  if (policy === "publisher") return isEmptyValue(current) ? "fill" : "apply";
  if (policy === "fill") return isEmptyValue(current) ? "fill" : "keep";
  return policy === "review" ? "propose" : "keep";
}

function given<Name extends "before" | "after">(name: Name, layers: FieldLayers): { [name in Name]?: FieldLayers } {
  return Object.keys(layers).length === 0 ? {} : ({ [name]: layers } as { [name in Name]?: FieldLayers });
}
