import { characterCount, limits } from "../../aid/aid.ts";
import { evaluateExpression, isBlank } from "../../connector-kit/evaluate-expression.ts";
import { field } from "../../connector-kit/expression.ts";
import { textOfValue } from "../../connector-kit/text-of-value.ts";

type Values = Readonly<Record<string, unknown>>;

/** How often titles, and titles with a field beside them, stand in a feed: 53 bits of each, so that a feed of a million records stays small. */
export interface NameCounts {
  /** Fields of the feed that may tell titles apart, in order (`tellApartBy`). */
  readonly by: readonly string[];
  readonly once: Set<number>;
  readonly several: Set<number>;
}

/** Counts for one feed, still empty. */
export function emptyNameCounts(tellApartBy: readonly string[]): NameCounts {
  return { by: tellApartBy, once: new Set(), several: new Set() };
}

/** Counts one record's title, alone and with each of the fields. */
export function countNames(counts: NameCounts, name: string | null, values: Values): void {
  if (name === null) return;
  count(counts, hashOf(name));
  for (const path of counts.by) count(counts, hashOf(`${name}\u0000${path}\u0000${written(path, values)}`));
}

/**
 * The title of a record: as it stands where no other record has it, else with ` (value)` of the first field that no other record of that title shares,
 * else of the last field that is filled. A title that would grow over the limit stays as it is: a suffix of ours must not reject an aid.
 */
export function tellApart(name: string, values: Values, counts: NameCounts): string {
  if (!counts.several.has(hashOf(name))) return name;
  const filled = counts.by.filter((path) => written(path, values) !== "");
  const telling = filled.find((path) => !counts.several.has(hashOf(`${name}\u0000${path}\u0000${written(path, values)}`))) ?? filled.at(-1);
  if (telling === undefined) return name;
  const told = `${name} (${written(telling, values)})`;
  return characterCount(told) > limits.name ? name : told;
}

function written(path: string, values: Values): string {
  const found = evaluateExpression(field(path), { values });
  // Feeds that write every value as a list (the European portal's search).
  const value = Array.isArray(found) && found.length === 1 ? found[0] : found;
  return isBlank(value) ? "" : (textOfValue(value)?.trim() ?? "");
}

function count({ once, several }: NameCounts, hash: number): void {
  if (once.has(hash)) several.add(hash);
  else once.add(hash);
}

/** 53 bits of a text (cyrb53, public domain): two different titles meet once in a billion pairs of a million. */
function hashOf(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
