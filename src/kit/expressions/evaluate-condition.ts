import { isZeroDate, readDateText } from "../values/dates/read-date.ts";
import { cleanLine, foldTerm } from "../values/text/clean-text.ts";
import { isBlank } from "../values/text/is-blank.ts";
import { textOfValue } from "../values/text/text-of-value.ts";
import type { Condition } from "./expression.ts";
import { valueAt } from "./field-path.ts";

type Comparison = Extract<Condition, { field: string }>;

/** Returns whether a condition holds. Texts are folded; one member of a list suffices. `hasWords`: "ami" is not in "famille". */
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
  const words = wordsOf(folded);
  return wantedWords(condition.hasWords).some((wanted) => words.includes(wanted));
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

const wantedByCondition = new WeakMap<readonly string[], readonly string[]>();

/** Returns the wanted words in the form of `wordsOf`, without empty ones. */
function wantedWords(wanted: readonly string[]): readonly string[] {
  const known = wantedByCondition.get(wanted);
  if (known !== undefined) return known;
  const words = wanted.map((text) => wordsOf(foldTerm(text))).filter((text) => text !== "  ");
  wantedByCondition.set(wanted, words);
  return words;
}

/** Separates words by single blanks, with a blank at both ends: "appel à projets" gives " appel a projets ". */
function wordsOf(folded: string): string {
  return ` ${folded.replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
}
