import type { Perimeter } from "../territories/perimeter.ts";
import { compareCodePoints } from "../text/canonical.ts";
import { slugsOf } from "../vocabularies.ts";
import type { Organisation } from "./aid.ts";
import { type AidField, fieldsOfKind, kindOf } from "./field-table.ts";

const listFields: ReadonlySet<AidField> = new Set(fieldsOfKind("terms", "list", "organisations", "places"));
const placeInVocabulary = new Map<AidField, ReadonlyMap<string, number>>();
for (const field of fieldsOfKind("terms")) placeInVocabulary.set(field, new Map(slugsOf(field).map((slug, place) => [slug, place])));

/** Returns the empty value of a field: an empty list, or null. */
export function emptyValue(field: AidField): null | [] {
  return listFields.has(field) ? [] : null;
}

/**
 * Returns a value in canonical form. Terms are in vocabulary order, without duplicates. Keywords, programmes, reference projects and
 * territories are in code-point order, without duplicates. Organisations keep the publisher's order. Keys of territories and organisations
 * are in a fixed order, because the database may return another one.
 */
export function canonicalValue(field: AidField, value: unknown): unknown {
  if (!Array.isArray(value) || value.length === 0) return value;
  const places = placeInVocabulary.get(field);
  if (places !== undefined) {
    return [...new Set<string>(value)].sort((a, b) => (places.get(a) ?? Infinity) - (places.get(b) ?? Infinity));
  }
  const kind = kindOf(field);
  if (kind === "places") return sortedTerritories(value as Perimeter[]);
  if (kind === "organisations") return (value as Organisation[]).map(({ name, siren }) => ({ name, siren }));
  return [...new Set<string>(value)].sort(compareCodePoints);
}

function sortedTerritories(perimeters: readonly Perimeter[]): Perimeter[] {
  const byKey = new Map(perimeters.map(({ scale, code, name }) => [`${scale}:${code}`, { scale, code, name }]));
  return [...byKey].sort(([a], [b]) => compareCodePoints(a, b)).map(([, perimeter]) => perimeter);
}
