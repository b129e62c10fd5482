import type { FieldLayers, StoredAid } from "../plan/plan.ts";
import type { AidContent, AidField } from "./aid.ts";
import { wholeContent } from "./filled-content.ts";

/** The publisher's values of an aid, and the values that replace them. */
export type AidLayers = Pick<StoredAid, "imported" | "kept" | "edits">;

/** Returns the values of the aid's own source, without those that it borrows from other sources. */
export function ownContent({ own, imported }: Pick<StoredAid, "own" | "imported">): AidContent {
  return own ?? imported;
}

/** Returns the value that the catalogue shows: the edit, or else the kept value, or else the imported value. */
export function shownValue({ imported, kept, edits }: AidLayers, field: AidField): unknown {
  const edit = edits[field];
  if (edit !== undefined) return edit.value;
  return field in kept ? kept[field] : imported[field];
}

/** Returns all shown values of an aid. */
export function shownContent({
  imported,
  kept,
  edits,
}: Omit<AidLayers, "imported"> & { readonly imported: Partial<AidContent> }): AidContent {
  const edited = Object.fromEntries(Object.entries(edits).map(([field, edit]) => [field, edit.value]));
  return wholeContent({ ...imported, ...kept, ...edited } as Partial<AidContent>);
}

/** Returns the fields of an aid with a value of ours that nobody has confirmed. */
export function unconfirmedFields({ edits }: Pick<AidLayers, "edits">): AidField[] {
  return (Object.keys(edits) as AidField[]).filter((field) => edits[field]?.suggestion?.confirmed === false);
}

/** Returns the layers above the imported value of a field. */
export function layersOf({ kept, edits, proposals }: Pick<StoredAid, "kept" | "edits" | "proposals">, field: AidField): FieldLayers {
  const edit = edits[field];
  const proposal = proposals[field];
  return {
    ...(field in kept && { kept: kept[field] }),
    ...(edit !== undefined && { edit }),
    ...(proposal !== undefined && { proposal }),
  };
}
