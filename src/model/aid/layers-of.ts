import type { FieldLayers, HeldAid } from "../plan/plan.ts";
import type { AidField } from "./aid.ts";

/** Returns the layers above the imported value of a field. */
export function layersOf({ kept, edits, proposals }: Pick<HeldAid, "kept" | "edits" | "proposals">, field: AidField): FieldLayers {
  const edit = edits[field];
  const proposal = proposals[field];
  return {
    ...(field in kept && { kept: kept[field] }),
    ...(edit !== undefined && { edit }),
    ...(proposal !== undefined && { proposal }),
  };
}
