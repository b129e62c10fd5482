import type { HeldAid } from "../plan/plan.ts";
import type { AidContent, AidField } from "./aid.ts";
import { wholeContent } from "./filled-content.ts";

/** What a catalogue's row says of an aid: the publisher's values, and what lies over them. */
export type AidLayers = Pick<HeldAid, "imported" | "kept" | "edits">;

/** The value that the catalogue shows of a field: a person's edit, else what is kept of before, else what the publisher last said. */
export function shownValue({ imported, kept, edits }: AidLayers, field: AidField): unknown {
  const edit = edits[field];
  if (edit !== undefined) return edit.value;
  return field in kept ? kept[field] : imported[field];
}

/** All that the catalogue shows of an aid. */
export function shownContent({
  imported,
  kept,
  edits,
}: Omit<AidLayers, "imported"> & { readonly imported: Partial<AidContent> }): AidContent {
  const edited = Object.fromEntries(Object.entries(edits).map(([field, edit]) => [field, edit.value]));
  return wholeContent({ ...imported, ...kept, ...edited } as Partial<AidContent>);
}
