import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import type { AidRevision } from "../catalogue/aids/history-repository.ts";
import { type AidField, aidFields } from "../model/aid/aid.ts";
import type { FieldPolicy } from "../model/aid/field-policy.ts";
import { layersOf, shownValue } from "../model/aid/shown-value.ts";
import { type Edit, feedKinds, type Proposal } from "../model/plan/plan.ts";

/** The shown and the publisher's value of a field, and their origin. */
export interface ExplainedField {
  readonly field: AidField;
  readonly shown: unknown;
  /** The publisher's last value. */
  readonly publisher: unknown;
  /** Origin of the shown value: a person's edit, a kept earlier value, or the publisher. */
  readonly from: "edit" | "kept" | "publisher";
  readonly policy: FieldPolicy;
  /** The revision that last set the publisher's value, or restored it (`isUndo`). Null if no run ever filled the field. */
  readonly broughtBy: { readonly runId: string | null; readonly by: string | null; readonly at: string; readonly isUndo: boolean } | null;
  readonly edit: Edit | null;
  /** ISO instant since which an earlier value is shown instead of the publisher's. */
  readonly keptSince: string | null;
  readonly proposal: Proposal | null;
}

/** Explains every field of an aid: its values, where they come from, and who owns it. `history`: oldest first. */
export function explainFields(
  aid: CuratedAid,
  history: readonly AidRevision[],
  policyOf: (field: AidField) => FieldPolicy,
): ExplainedField[] {
  return aidFields.map((field) => {
    const { edit, proposal, kept } = layersOf(aid, field);
    return {
      field,
      shown: shownValue(aid, field),
      publisher: aid.imported[field],
      from: edit !== undefined ? "edit" : kept !== undefined ? "kept" : "publisher",
      policy: policyOf(field),
      broughtBy: broughtBy(field, history),
      edit: edit ?? null,
      keptSince: kept === undefined ? null : keptSince(field, history),
      proposal: proposal ?? null,
    };
  });
}

function broughtBy(field: AidField, history: readonly AidRevision[]): ExplainedField["broughtBy"] {
  const isOfFeed = ({ kind }: AidRevision) => feedKinds.some((feedKind) => feedKind === kind);
  // A creation sets all fields, but its revision does not list them.
  const brought = history.findLast((revision) => revision.kind === "create" || (isOfFeed(revision) && field in revision.fields));
  if (brought === undefined) return null;
  const { runId, by, at, isUndo } = brought;
  return { runId, by, at, isUndo };
}

/** Returns the instant since which the catalogue shows the kept value. */
function keptSince(field: AidField, history: readonly AidRevision[]): string | null {
  const began = history.findLast(({ fields }) => {
    const change = fields[field];
    return change?.after?.kept !== undefined && change.before?.kept === undefined;
  });
  return began?.at ?? null;
}
