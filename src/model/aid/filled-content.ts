import { type AidContent, aidFields, isEmptyValue } from "./aid.ts";
import { emptyValue } from "./canonical-value.ts";

/**
 * JSON of the filled fields of an aid, in canonical order: what the database holds and what the fingerprint is made of. Half of the fields are empty,
 * and their names would cost a fifth of the room.
 */
export function filledContentJson(content: AidContent): string {
  const filled: Record<string, unknown> = {};
  for (const field of aidFields) {
    const value = content[field];
    if (!isEmptyValue(value)) filled[field] = value;
  }
  return JSON.stringify(filled);
}

/** The whole content again, every field there and in canonical order; a field that is younger than what was kept is empty. */
export function wholeContent(filled: Partial<AidContent>): AidContent {
  const content: Record<string, unknown> = {};
  for (const field of aidFields) content[field] = filled[field] ?? emptyValue(field);
  return content as AidContent;
}
