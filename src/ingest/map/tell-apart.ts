import { evaluateExpression, isBlank } from "../../kit/expressions/evaluate-expression.ts";
import { field } from "../../kit/expressions/expression.ts";
import { textOfValue } from "../../kit/values/text/text-of-value.ts";
import { characterCount, limits } from "../../model/aid/aid.ts";
import { SeenIds } from "./seen-ids.ts";

type Values = Readonly<Record<string, unknown>>;

/** Counts of titles, and of titles with another field, in a feed. 64 bits of each keep a feed of a million records small. */
export interface NameCounts {
  /** Fields of the feed that may tell titles apart, in order (`tellApartBy`). */
  readonly by: readonly string[];
  readonly once: SeenIds;
  readonly several: SeenIds;
}

/** Returns empty counts for one feed. */
export function emptyNameCounts(tellApartBy: readonly string[]): NameCounts {
  return { by: tellApartBy, once: new SeenIds(), several: new SeenIds() };
}

/** Counts one record's title, alone and with each of the fields. */
export function countNames(counts: NameCounts, name: string | null, values: Values): void {
  if (name === null) return;
  count(counts, name);
  for (const path of counts.by) count(counts, beside(name, path, values));
}

/**
 * Returns the title of a record. If another record has the same title, appends ` (value)` of the first field that makes it unique, else of
 * the last filled field. A title that would become too long stays unchanged: our suffix must not reject an aid.
 */
export function tellApart(name: string, values: Values, counts: NameCounts): string {
  if (!counts.several.has(name)) return name;
  const filled = counts.by.filter((path) => written(path, values) !== "");
  const telling = filled.find((path) => !counts.several.has(beside(name, path, values))) ?? filled.at(-1);
  if (telling === undefined) return name;
  const told = `${name} (${written(telling, values)})`;
  return characterCount(told) > limits.name ? name : told;
}

function written(path: string, values: Values): string {
  const found = evaluateExpression(field(path), { values });
  // Some feeds write every value as a list (the European portal's search).
  const value = Array.isArray(found) && found.length === 1 ? found[0] : found;
  return isBlank(value) ? "" : (textOfValue(value)?.trim() ?? "");
}

function beside(name: string, path: string, values: Values): string {
  return `${name}\u0000${path}\u0000${written(path, values)}`;
}

function count({ once, several }: NameCounts, text: string): void {
  if (!once.add(text)) several.add(text);
}
