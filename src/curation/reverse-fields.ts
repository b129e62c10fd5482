import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import type { Revertible } from "../catalogue/aids/history-repository.ts";
import type { AidField } from "../model/aid/aid.ts";
import { layersOf, ownContent } from "../model/aid/shown-value.ts";
import type { ChangeKind, FieldChange, FieldLayers, PerField } from "../model/plan/plan.ts";
import { canonicalJson } from "../model/text/canonical.ts";
import { personsFieldChange } from "./persons-change.ts";
import type { Touchable } from "./touched-since.ts";

/** Returns true if this kind of change writes the imported value. Other kinds change only the layers above it (kept, edit). */
export function imports(kind: ChangeKind): boolean {
  return kind === "update" || kind === "restore" || kind === "re-identify" || kind === "withdraw";
}

/**
 * Builds the field changes of kind `reverseKind` that undo `done`. Fields that were changed since are not undone but listed in `spared`.
 */
export function reverseFields(
  done: Revertible,
  aid: CuratedAid,
  reverseKind: ChangeKind,
  touched: ReadonlySet<Touchable>,
): { readonly fields: PerField<FieldChange>; readonly spared: readonly AidField[] } {
  const fields: Partial<Record<AidField, FieldChange>> = {};
  const spared: AidField[] = [];
  for (const [name, change] of Object.entries(done.fields)) {
    const field = name as AidField;
    if (touched.has(field) || !isAsLeft(done.kind, aid, field, change)) spared.push(field);
    else fields[field] = reverseField(done.kind, aid, field, change, reverseKind);
  }
  return { fields, spared };
}

/** Returns true if the field and its layers are as the change left them. */
function isAsLeft(kind: ChangeKind, aid: CuratedAid, field: AidField, { incoming, after = {} }: FieldChange): boolean {
  if (imports(kind) && canonicalJson(ownContent(aid)[field]) !== canonicalJson(incoming)) return false;
  return canonicalJson(layersOf(aid, field)) === canonicalJson(after);
}

function reverseField(
  kind: ChangeKind,
  aid: CuratedAid,
  field: AidField,
  { last, before = {} }: FieldChange,
  reverseKind: ChangeKind,
): FieldChange {
  const imported = imports(kind) ? last : aid.imported[field];
  const incoming = imports(reverseKind) ? imported : shownUnder(before, imported);
  const change = personsFieldChange(aid, field, { incoming, action: "apply", after: before });
  return imports(reverseKind) ? { ...change, last: ownContent(aid)[field] } : change;
}

/** Returns the shown value: the edit, otherwise the kept value, otherwise the imported one. */
function shownUnder(layers: FieldLayers, imported: unknown): unknown {
  if (layers.edit !== undefined) return layers.edit.value;
  return "kept" in layers ? layers.kept : imported;
}

/** Returns the value that the catalogue shows once the change is applied. */
export function shownAfter(kind: ChangeKind, { last, incoming, after = {} }: FieldChange): unknown {
  return shownUnder(after, imports(kind) ? incoming : last);
}
