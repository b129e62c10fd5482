import { evaluateExpression, isBlank } from "../../kit/expressions/evaluate-expression.ts";
import { field } from "../../kit/expressions/expression.ts";
import { textOfValue } from "../../kit/values/text/text-of-value.ts";
import { characterCount, limits } from "../../model/aid/aid.ts";
import { SeenIds } from "./seen-ids.ts";

type Values = Readonly<Record<string, unknown>>;

/** Titles of a feed, alone and together with each field of `tellApartBy`, that occur several times. */
export interface SharedNames {
  /** Fields that may distinguish equal titles, in the order of `tellApartBy`. */
  readonly by: readonly string[];
  readonly several: SeenIds;
}

/** Titles of a feed that occur once or several times. */
export interface NameCounts extends SharedNames {
  readonly once: SeenIds;
}

/** Returns empty counts for one feed. */
export function emptyNameCounts(tellApartBy: readonly string[]): NameCounts {
  return { by: tellApartBy, once: new SeenIds(), several: new SeenIds() };
}

/** Counts the title of one record, alone and together with each field. */
export function countNames(counts: NameCounts, name: string | null, values: Values): void {
  if (name === null) return;
  count(counts, name);
  for (const path of counts.by) count(counts, keyWith(path, name, values));
}

/**
 * Returns the title of a record. If another record has the same title, appends ` (value)` with the first field that makes the title unique,
 * or else with the last filled field. Returns the title unchanged if it would become too long, because our suffix must not reject an aid.
 */
export function tellApart(name: string, values: Values, counts: SharedNames): string {
  if (!counts.several.has(name)) return name;
  const filled = counts.by.filter((path) => written(path, values) !== "");
  const chosen = filled.find((path) => !counts.several.has(keyWith(path, name, values))) ?? filled.at(-1);
  if (chosen === undefined) return name;
  const distinct = `${name} (${written(chosen, values)})`;
  return characterCount(distinct) > limits.name ? name : distinct;
}

function written(path: string, values: Values): string {
  const found = evaluateExpression(field(path), { values });
  // Some feeds, such as the European portal's search, write every value as a list.
  const value = Array.isArray(found) && found.length === 1 ? found[0] : found;
  return isBlank(value) ? "" : (textOfValue(value)?.trim() ?? "");
}

function keyWith(path: string, name: string, values: Values): string {
  return `${name}\u0000${path}\u0000${written(path, values)}`;
}

function count({ once, several }: NameCounts, text: string): void {
  if (!once.add(text)) several.add(text);
}
