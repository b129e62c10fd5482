import type { AidRevision, CuratedAid } from "../catalogue/aids/aid-repository.ts";
import { type AidField, aidFields } from "../model/aid/aid.ts";
import type { FieldPolicy } from "../model/aid/field-policy.ts";
import { layersOf } from "../model/aid/layers-of.ts";
import { shownValue } from "../model/aid/shown-value.ts";
import { type Edit, feedKinds, type Proposal } from "../model/plan/plan.ts";

/** What is known of a field of an aid: both values, where each comes from, and who owns the field. */
export interface FieldAccount {
  readonly field: AidField;
  /** What the catalogue shows. */
  readonly shown: unknown;
  /** What the publisher last said. */
  readonly publisher: unknown;
  /** Whose value is shown: a person's edit, one of the publisher's that was kept, or the publisher's. */
  readonly from: "edit" | "kept" | "publisher";
  readonly policy: FieldPolicy;
  /** The revision that last brought the publisher's value, or, `isUndo`, brought it back; null where the field was never filled. */
  readonly broughtBy: { readonly runId: string | null; readonly by: string | null; readonly at: string; readonly isUndo: boolean } | null;
  readonly edit: Edit | null;
  /** ISO instant since which an older value is shown in place of the publisher's. */
  readonly keptSince: string | null;
  readonly proposal: Proposal | null;
}

/** The account of every field of an aid. `history`: oldest first. */
export function aidAccount(aid: CuratedAid, history: readonly AidRevision[], policyOf: (field: AidField) => FieldPolicy): FieldAccount[] {
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

function broughtBy(field: AidField, history: readonly AidRevision[]): FieldAccount["broughtBy"] {
  const isFeeds = ({ kind }: AidRevision) => feedKinds.some((feedKind) => feedKind === kind);
  // A creation has all of the aid, and so no fields of its own.
  const brought = history.findLast((revision) => revision.kind === "create" || (isFeeds(revision) && field in revision.fields));
  if (brought === undefined) return null;
  const { runId, by, at, isUndo } = brought;
  return { runId, by, at, isUndo };
}

/** Since the change that began to keep what is kept now. */
function keptSince(field: AidField, history: readonly AidRevision[]): string | null {
  const began = history.findLast(({ fields }) => {
    const change = fields[field];
    return change?.after?.kept !== undefined && change.before?.kept === undefined;
  });
  return began?.at ?? null;
}
