import { type AidField, aidFields } from "../../model/aid/aid.ts";
import { wholeContent } from "../../model/aid/filled-content.ts";
import { missingForDescription } from "../../model/aid/publishable.ts";
import type { FieldProposal } from "./proposal.ts";

/** Returns the fields that every fully described aid needs and no proposal fills. A title that repeats the identifier counts as not found. */
export function fieldsNotFound(fields: readonly Pick<FieldProposal, "field" | "certainty">[]): AidField[] {
  const found = new Set(fields.filter(({ certainty }) => certainty > 0).map(({ field }) => field));
  const needed = new Set<AidField>(["name", ...missingForDescription(wholeContent({ name: "" }))]);
  return aidFields.filter((field) => needed.has(field) && !found.has(field));
}
