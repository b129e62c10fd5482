import { isZeroDate, readDateText } from "../values/dates/read-date.ts";
import { cleanLine, foldTerm } from "../values/text/clean-text.ts";
import { isBlank } from "../values/text/is-blank.ts";
import { textOfValue } from "../values/text/text-of-value.ts";
import type { Condition } from "./expression.ts";
import { valueAt } from "./field-path.ts";

type Comparison = Extract<Condition, { field: string }>;

/**
 * Returns whether a condition holds for a record. Texts are compared folded, without markup and entities. One matching member of a list
 * suffices. `hasWords` matches whole words: "ami" is not in "famille".
 */
export function holds(condition: Condition, values: Readonly<Record<string, unknown>>): boolean {
  if ("all" in condition) return condition.all.every((member) => holds(member, values));
  if ("any" in condition) return condition.any.some((member) => holds(member, values));
  if ("not" in condition) return !holds(condition.not, values);
  return compares(condition, valueAt(values, condition.field));
}

function compares(condition: Comparison, value: unknown): boolean {
  if ("isFilled" in condition) return (isBlank(value) || (typeof value === "string" && isZeroDate(value))) !== condition.isFilled;
  if (Array.isArray(value)) return value.some((member) => compares(condition, member));
  const text = textOfValue(value);
  if (text === null) return false;
  if ("isDate" in condition) return isDate(text, condition.isDate);
  const folded = comparable(text);
  if ("isOneOf" in condition) return condition.isOneOf.some((wanted) => foldTerm(String(wanted)) === folded);
  return condition.hasWords.some((wanted) => containsWords(folded, wanted));
}

function isDate(text: string, formats: readonly string[]): boolean {
  // The zone does not affect whether a date can be read.
  const reading = readDateText(text, formats, "UTC");
  return reading.kind === "moment" && reading.day !== null;
}

/** Returns a text folded, on one line. */
export function comparable(text: string): string {
  return foldTerm(/[<&]/.test(text) ? cleanLine(text) : text);
}

function containsWords(folded: string, wanted: string): boolean {
  const words = wordsOf(foldTerm(wanted));
  return words !== "  " && wordsOf(folded).includes(words);
}

/** Separates words by single blanks, with a blank at both ends: "appel à projets" gives " appel a projets ". */
function wordsOf(folded: string): string {
  return ` ${folded.replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
}
