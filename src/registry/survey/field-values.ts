import { valueAt } from "../../kit/expressions/field-path.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { isBlank } from "../../kit/values/text/is-blank.ts";
import { textOfValue } from "../../kit/values/text/text-of-value.ts";
import type { Values } from "./survey.ts";

/** What programs write where they have nothing. */
const nothing = new Set(["NULL", "null", "None", "NaN", "nan", "undefined"]);

/** The texts of a field in one record: one, several of a list, none where it says nothing or holds objects only. */
export function textsOfField(record: Values, path: string): string[] {
  return writtenTexts(record, path).filter((text) => !nothing.has(text.trim()));
}

/** The same with what programs write for nothing. */
export function writtenTexts(record: Values, path: string): string[] {
  const value = valueAt(record, path);
  if (isBlank(value)) return [];
  const members: readonly unknown[] = Array.isArray(value) ? value.flat(8) : [value];
  return members.flatMap((member) => {
    const text = isBlank(member) ? null : textOfValue(member);
    return text === null ? [] : [text];
  });
}

/** The texts of a field in all records, one after the other. */
export function allTexts(records: readonly Values[], path: string): string[] {
  return records.flatMap((record) => textsOfField(record, path));
}

/** Texts that differ, folded, with the first spelling of each and how often it stands. */
export function countTexts(texts: readonly string[]): ReadonlyMap<string, { readonly text: string; readonly count: number }> {
  const counts = new Map<string, { text: string; count: number }>();
  for (const text of texts) {
    const folded = foldTerm(text);
    const known = counts.get(folded);
    if (known === undefined) counts.set(folded, { text, count: 1 });
    else known.count++;
  }
  return counts;
}

/** Share of the members for which something holds; 0 of none. */
export function shareOf<T>(members: readonly T[], holds: (member: T) => boolean): number {
  return members.length === 0 ? 0 : members.filter(holds).length / members.length;
}
