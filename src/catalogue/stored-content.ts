import { AidContent, type AidField, aidFields } from "../aid/aid.ts";

/** What stands in a field that the database does not hold: `[]` for lists, null for the rest. */
const emptyValues = Object.fromEntries(
  aidFields.map((field) => [field, AidContent.shape[field].safeParse([]).success ? [] : null]),
) as Record<AidField, null | readonly never[]>;

/** The whole content again, every field there and in canonical order; a field that is younger than the stored aid is empty. */
export function wholeContent(filled: Partial<AidContent>): AidContent {
  const content: Record<string, unknown> = {};
  for (const field of aidFields) content[field] = filled[field] ?? emptyValues[field];
  return content as AidContent;
}
