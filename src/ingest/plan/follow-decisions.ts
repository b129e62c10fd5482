import { type AidContent, type AidField, isEmptyValue } from "../../model/aid/aid.ts";
import { reasonsToRead } from "../../model/aid/publication-warnings.ts";
import { missingAt, missingForDescription } from "../../model/aid/publishable.ts";
import { shownContent } from "../../model/aid/shown-value.ts";
import { fieldChangeOf } from "../../model/plan/decide-field.ts";
import type { Edit, FieldChange, FieldLayers, FollowedChange, PerField, StoredAid } from "../../model/plan/plan.ts";
import {
  answeredValue,
  answers,
  askedFields,
  inOrderOfPrecedence,
  publishedLevel,
  type StandingDecision,
} from "../../model/plan/standing-decision.ts";

/** What standing decisions add to a change. */
export interface Followed {
  readonly aidId: string;
  /** Changes of the fields that are filled; they replace those of the change. */
  readonly fields: PerField<FieldChange>;
  /** True if the change also publishes the aid. */
  readonly publishes: boolean;
}

/** The decisions in force for the aids of a run, and the facts they need. */
export interface FollowedRules {
  readonly decisions: readonly StandingDecision[];
  readonly now: Date;
  /** `YYYY-MM-DD` in Paris. */
  readonly today: string;
}

/**
 * Returns what the standing decisions of people add to a change of a run, or null. Fills only fields that are empty once the change is
 * applied, and that no person has emptied. Publishes an aid in review that then reaches the level of the decision and may appear without
 * having been read.
 */
export function followDecisions(followed: FollowedChange, rules: FollowedRules): Followed | null {
  const { change, stored } = followed;
  const { aidId } = change;
  const fills = inOrderOfPrecedence(rules.decisions.filter(({ kind }) => kind === "fill"));
  const after = afterChange(followed);
  let content = shownContent(after);
  const fields: Partial<Record<AidField, FieldChange>> = {};
  const edits: Partial<Record<AidField, Edit>> = {};
  for (const decision of fills) {
    const { field } = decision;
    if (field === null || field in fields || !isEmptyValue(content[field]) || field in after.edits || field in after.proposals) continue;
    if (!answers(decision, field, { externalId: change.externalId, content })) continue;
    const edit = editOf(decision, field, content, rules.now);
    edits[field] = edit;
    content = { ...content, [field]: edit.value };
    fields[field] = filled(followed, field, after, edit);
  }
  const publishes = mayPublish(followed, after, edits, rules);
  if (Object.keys(fields).length === 0 && !publishes) return null;
  return { aidId: stored?.aidId ?? aidId, fields, publishes };
}

/** The layers of an aid once a change is applied. */
type AfterChange = Pick<StoredAid, "imported" | "kept" | "edits" | "proposals">;

/** Returns the layers of the aid after the change. */
function afterChange({ change, stored, received }: FollowedChange): AfterChange {
  if (stored === null) return { imported: received, kept: {}, edits: {}, proposals: {} };
  const imported: Partial<Record<AidField, unknown>> = { ...stored.imported };
  const layers = { kept: { ...stored.kept }, edits: { ...stored.edits }, proposals: { ...stored.proposals } } as Record<
    "kept" | "edits" | "proposals",
    Partial<Record<AidField, unknown>>
  >;
  for (const [name, { incoming, after = {} }] of Object.entries(change.fields)) {
    const field = name as AidField;
    if (stored.borrowed?.[field] === undefined) imported[field] = incoming;
    for (const layer of Object.values(layers)) delete layer[field];
    if ("kept" in after) layers.kept[field] = after.kept;
    if (after.edit !== undefined) layers.edits[field] = after.edit;
    if (after.proposal !== undefined) layers.proposals[field] = after.proposal;
  }
  return { imported, ...layers } as unknown as AfterChange;
}

/** Returns the edit that a decision makes. */
function editOf({ id, value, by, note }: StandingDecision, field: AidField, content: AidContent, now: Date): Edit {
  return {
    value: answeredValue(field, value, content),
    by,
    at: now.toISOString(),
    note,
    suggestion: { rule: "connector-default", evidence: [], confirmed: false, decision: id },
  };
}

/** Adds the edit to the change of a field. The publisher's value below it stays the incoming one. */
function filled({ change, stored, received }: FollowedChange, field: AidField, after: AfterChange, edit: Edit): FieldChange {
  const planned = change.fields[field];
  const kept: FieldLayers = field in after.kept ? { kept: after.kept[field] } : {};
  const layers: FieldLayers = { ...kept, edit };
  if (planned !== undefined) return fieldChangeOf({ ...planned, action: "fill" }, planned.before ?? {}, layers);
  const last = (stored === null ? received : (stored.own ?? stored.imported))[field];
  return fieldChangeOf({ last, current: last, incoming: last, action: "fill" }, kept, layers);
}

function mayPublish(
  followed: FollowedChange,
  after: AfterChange,
  filledEdits: PerField<Edit>,
  { decisions, today }: FollowedRules,
): boolean {
  const { stored, memo, isDoubtful } = followed;
  const level = publishedLevel(decisions);
  if (level === null || isDoubtful) return false;
  if (stored !== null && (stored.status !== "reviewable" || stored.withdrawnBy !== null || stored.isFurtherSource === true)) return false;
  const edits = { ...after.edits, ...filledEdits };
  const content = shownContent({ ...after, edits });
  const { contradictions = [], borrowed = {} } = stored ?? {};
  const aid = { content, edits, kept: after.kept, borrowed, proposals: after.proposals, contradictions, memo };
  if (content.outOfScope !== null || missingAt(level, missingForDescription(content), askedFields(decisions)).length > 0) return false;
  return reasonsToRead(aid, level, today).length === 0;
}
