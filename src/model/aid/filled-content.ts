import { type AidContent, aidFields, isEmptyValue } from "./aid.ts";
import { emptyValue } from "./canonical-value.ts";

/**
 * Returns the JSON of an aid's filled fields in canonical order, for storage and fingerprint. Omits empty fields, half of all, whose names
 * would take a fifth of the space.
 */
export function filledContentJson(content: AidContent): string {
  const filled: Record<string, unknown> = {};
  for (const field of aidFields) {
    const value = content[field];
    if (!isEmptyValue(value)) filled[field] = value;
  }
  return JSON.stringify(filled);
}

/** Returns the content with every field in canonical order. Missing fields are empty. */
export function wholeContent(filled: Partial<AidContent>): AidContent {
  const content: Record<string, unknown> = {};
  for (const field of aidFields) content[field] = filled[field] ?? emptyValue(field);
  return content as AidContent;
}
