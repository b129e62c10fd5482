import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import { type AidContent, type AidField, aidFields } from "../model/aid/aid.ts";
import { missingForDescription } from "../model/aid/publishable.ts";
import { sameValue } from "../model/aid/same-value.ts";
import { layersOf, shownContent, shownValue } from "../model/aid/shown-value.ts";
import { isUnconfirmed } from "../model/aid/suggested-edit.ts";
import type { Objection } from "../model/plan/objection.ts";
import type { FieldChange, FieldLayers, PerField } from "../model/plan/plan.ts";
import type { Curator } from "./person-plan.ts";
import { outOfCatalogue, personsChange, personsFieldChange, type Verdict } from "./persons-change.ts";

/** New values for an aid's fields, and edits to remove. */
export interface WantedEdits {
  readonly values: PerField<unknown>;
  readonly withdrawn: readonly AidField[];
}

/**
 * Sets or removes a person's edits. The publisher's values below them continue to follow the feed. An edit answers the open proposal on
 * its field. Returns an objection if the value is already shown, even in another spelling.
 */
export function decideEdit(aid: CuratedAid, wanted: WantedEdits, curator: Curator): Verdict {
  const gone = outOfCatalogue(aid);
  if (gone !== null) return { refused: gone };
  const fields: Partial<Record<AidField, FieldChange>> = {};
  const cautions: Objection[] = [];
  for (const field of aidFields) {
    const decided = decideField(aid, field, wanted, curator);
    if (decided === null) continue;
    if ("code" in decided) cautions.push(decided);
    else fields[field] = decided;
    if (!("code" in decided) && decided.before?.proposal !== undefined) cautions.push({ code: "answers-proposal", params: { field } });
  }
  const [first] = cautions;
  if (Object.keys(fields).length === 0 && first !== undefined) return { refused: first };
  return { change: personsChange(aid, "edit", curator, { fields }), cautions: [...cautions, ...nowMissing(aid, fields)] };
}

/** Returns the change of a field, null if no change of it is requested, or an objection if the request would change nothing. */
function decideField(aid: CuratedAid, field: AidField, wanted: WantedEdits, curator: Curator): FieldChange | Objection | null {
  const { edit, proposal, kept } = layersOf(aid, field);
  const below: FieldLayers = proposal === undefined && kept !== undefined ? { kept } : {};
  if (wanted.withdrawn.includes(field)) {
    if (edit === undefined) return { code: "not-edited", params: { field } };
    return personsFieldChange(aid, field, { incoming: below.kept ?? aid.imported[field], action: "apply", after: below });
  }
  if (!(field in wanted.values)) return null;
  const value = wanted.values[field];
  // A person may enter the value of a suggestion that nobody has confirmed: it then becomes a correction.
  if (!isUnconfirmed(edit?.suggestion) && sameValue(field, value, shownValue(aid, field))) return { code: "already-so", params: { field } };
  const made = { value, by: curator.by, at: curator.now.toISOString(), note: curator.note ?? null };
  return personsFieldChange(aid, field, { incoming: value, action: "apply", after: { ...below, edit: made } });
}

/** Warns if edits empty a field that a full description needs, of a published aid. The aid stays published. */
function nowMissing(aid: CuratedAid, fields: PerField<FieldChange>): Objection[] {
  if (aid.status !== "published") return [];
  const before = shownContent(aid);
  const edited = Object.fromEntries(Object.entries(fields).map(([field, { incoming }]) => [field, incoming]));
  const known = new Set(missingForDescription(before));
  const missing = missingForDescription({ ...before, ...edited } as AidContent).filter((field) => !known.has(field));
  return missing.length === 0 ? [] : [{ code: "now-missing", params: { fields: missing.join(", ") } }];
}
