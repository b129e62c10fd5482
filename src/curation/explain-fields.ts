import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import type { AidRevision } from "../catalogue/aids/history-repository.ts";
import { type AidField, aidFields, isEmptyValue } from "../model/aid/aid.ts";
import type { FieldPolicy } from "../model/aid/field-policy.ts";
import { sameValue } from "../model/aid/same-value.ts";
import { layersOf, ownContent, shownValue } from "../model/aid/shown-value.ts";
import { combineKind, type Edit, feedKinds, type Proposal } from "../model/plan/plan.ts";

/** The shown and the publisher's value of a field, and their origin. */
export interface ExplainedField {
  readonly field: AidField;
  readonly shown: unknown;
  /** The last value of the source that rules the field. */
  readonly publisher: unknown;
  /** The connector of this source. */
  readonly source: string;
  /** True if it is a further source of the aid. */
  readonly isBorrowed: boolean;
  /** True if a person has chosen this source. */
  readonly isChosen: boolean;
  /** Other values of the aid's other sources. */
  readonly others: readonly { readonly connector: string; readonly value: unknown }[];
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

/** Explains every field of an aid: its values, where they come from, and who owns it. `history`: oldest first. `further`: its further sources. */
export function explainFields(
  aid: CuratedAid,
  history: readonly AidRevision[],
  policyOf: (field: AidField) => FieldPolicy,
  further: readonly CuratedAid[] = [],
): ExplainedField[] {
  return aidFields.map((field) => {
    const { edit, proposal, kept } = layersOf(aid, field);
    const from = aid.borrowed?.[field]?.from;
    const source = further.find(({ aidId }) => aidId === from)?.connector ?? aid.connector;
    return {
      field,
      shown: shownValue(aid, field),
      publisher: aid.imported[field],
      source,
      isBorrowed: from !== undefined,
      isChosen: aid.fieldSources[field] === source,
      others: othersOf(field, aid, further),
      from: edit !== undefined ? "edit" : kept !== undefined ? "kept" : "publisher",
      policy: policyOf(field),
      broughtBy: broughtBy(field, history, from !== undefined),
      edit: edit ?? null,
      keptSince: kept === undefined ? null : keptSince(field, history),
      proposal: proposal ?? null,
    };
  });
}

function othersOf(field: AidField, aid: CuratedAid, further: readonly CuratedAid[]): ExplainedField["others"] {
  return [{ connector: aid.connector, value: ownContent(aid)[field] }]
    .concat(further.map(({ connector, imported }) => ({ connector, value: imported[field] })))
    .filter(({ value }) => !isEmptyValue(value) && !sameValue(field, value, aid.imported[field]));
}

function broughtBy(field: AidField, history: readonly AidRevision[], isBorrowed: boolean): ExplainedField["broughtBy"] {
  const isOfFeed = ({ kind }: AidRevision) => (isBorrowed ? kind === combineKind : feedKinds.some((feedKind) => feedKind === kind));
  // A creation sets all fields, but its revision does not list them.
  const brought = history.findLast(
    (revision) => (!isBorrowed && revision.kind === "create") || (isOfFeed(revision) && field in revision.fields),
  );
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
