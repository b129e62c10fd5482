import { valueAt } from "../../kit/expressions/field-path.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { isBlank } from "../../kit/values/text/is-blank.ts";
import { textOfValue } from "../../kit/values/text/text-of-value.ts";
import type { Values } from "../../model/run/decoded-record.ts";

/** Texts that programs write for an empty value. */
const nothing = new Set(["NULL", "null", "None", "NaN", "nan", "undefined"]);

/** Returns the texts of a field in one record: one for each member of a list. Leaves out empty values and objects. */
export function textsOfField(record: Values, path: string): string[] {
  return writtenTexts(record, path).filter((text) => !nothing.has(text.trim()));
}

/** Returns the same texts, including "NULL" and others that programs write for an empty value. */
export function writtenTexts(record: Values, path: string): string[] {
  const value = valueAt(record, path);
  if (isBlank(value)) return [];
  const members: readonly unknown[] = Array.isArray(value) ? value.flat(8) : [value];
  return members.flatMap((member) => {
    const text = isBlank(member) ? null : textOfValue(member);
    return text === null ? [] : [text];
  });
}

/** Returns the texts of a field in all records. */
export function allTexts(records: readonly Values[], path: string): string[] {
  return records.flatMap((record) => textsOfField(record, path));
}

/** Counts texts by their folded form. Keeps the first spelling. */
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

/** Returns the median, the upper one of an even number; 0 for no numbers. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}

/** Returns the share of members that match; 0 for an empty list. */
export function shareOf<T>(members: readonly T[], holds: (member: T) => boolean): number {
  return members.length === 0 ? 0 : members.filter(holds).length / members.length;
}
