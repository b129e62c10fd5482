import type { Condition } from "../kit/expressions/expression.ts";
import { dateFormatWords } from "./date-formats.ts";
import { french } from "./typography.ts";

/** A condition on a record, in words: « le champ « statut » vaut « ouvert » ». */
export function conditionWords(condition: Condition): string {
  if ("all" in condition) return condition.all.map(inside).join(" et ");
  if ("any" in condition) return condition.any.map(inside).join(" ou ");
  if ("not" in condition) return negated(condition.not);
  return simple(condition, true);
}

type Simple = Exclude<Condition, { all: unknown } | { any: unknown } | { not: unknown }>;

function isSimple(condition: Condition): condition is Simple {
  return "field" in condition;
}

function inside(condition: Condition): string {
  return isSimple(condition) || "not" in condition ? conditionWords(condition) : `(${conditionWords(condition)})`;
}

function negated(condition: Condition): string {
  return isSimple(condition) ? simple(condition, false) : french`il n'est pas vrai que ${conditionWords(condition)}`;
}

function simple(condition: Simple, holds: boolean): string {
  const field = french`le champ « ${condition.field} »`;
  if ("isFilled" in condition) return condition.isFilled === holds ? french`${field} est rempli` : french`${field} est vide`;
  if ("isOneOf" in condition) return french`${field} ${holds ? "vaut" : "ne vaut pas"} ${words(condition.isOneOf.map(String))}`;
  if ("hasWords" in condition) return french`${field} ${holds ? "contient" : "ne contient pas"} ${words(condition.hasWords)}`;
  const formats = condition.isDate.map(dateFormatWords).join(" ou ");
  return french`${field} ${holds ? "est" : "n’est pas"} une date écrite ${formats}`;
}

const mostWords = 6;

function words(values: readonly string[]): string {
  const shown = values.slice(0, mostWords).map((value) => french`« ${value} »`);
  return values.length > mostWords ? french`${shown.join(", ")}… (${values.length} valeurs)` : shown.join(" ou ");
}
