import type { AidField } from "../../model/aid/aid.ts";
import names from "./known-names.json" with { type: "json" };
import { nameWords, saysNothing } from "./name-words.ts";

/** A field of an aid, or its identifier. */
export type OwnField = AidField | "externalId";

/**
 * Publishers' names for our fields, French and English, likeliest first, compared by words (`nameWords`). A name with `=` must match as a
 * whole. Long fields without such a name are judged by their values.
 */
export const knownNames: Partial<Readonly<Record<OwnField, readonly string[]>>> = names.fields;

/** Names of introductions, which come first in a description. */
export const leadNames: readonly string[] = names.leads;

/** Names of fields that must not be shown. */
export const privateNames: readonly string[] = names.private;

/** Names of copies for machines, which are never part of a text. */
export const machineNames: readonly string[] = names.machines;

interface KnownName {
  readonly words: readonly string[];
  /** 1 for the likeliest, slightly less for each following one. */
  readonly weight: number;
  /** Matches as a whole name only. */
  readonly isWhole: boolean;
}

const known = new Map(Object.entries(knownNames).map(([field, names]) => [field as OwnField, readNames(names)]));
const leads = readNames(leadNames);
const privates = readNames(privateNames);
const machines = readNames(machineNames);

function readNames(names: readonly string[]): readonly KnownName[] {
  return names.map((name, index) => {
    return { words: nameWords(name.replace(/^=/, "")), weight: 1 - Math.min(index * 0.008, 0.16), isWhole: name.startsWith("=") };
  });
}

/** Returns how well a field's name matches one of ours, 0 to 1: 1 for the usual name, less with additional words, 0 without a match. */
export function nameScore(path: string, field: OwnField): number {
  const names = known.get(field) ?? [];
  const inside = /^.+(?:\[\]\.|\.)([^.[\]]+)$/.exec(path)?.[1];
  const whole = scoreAmong(nameWords(path), names);
  // In "conditions.secteur" the inner name may match alone.
  return inside === undefined || saysNothing(inside) ? whole : Math.max(whole, 0.95 * scoreAmong(nameWords(inside), names));
}

/** Returns true for a usual column title, which tells the header from rows of values. */
export function isKnownTitle(title: string): boolean {
  const words = nameWords(title);
  return [...known.values()].some((names) => scoreAmong(words, names) >= 0.8);
}

/** Returns true for a field that introduces a description: `chapo`, `accroche`. */
export function isLead(path: string): boolean {
  return scoreAmong(nameWords(path), leads) >= 0.8;
}

/** Returns true for a field that must not be shown, by its name. */
export function isPrivate(path: string): boolean {
  const words = nameWords(path);
  return privates.some((name) => holdsInOrder(words, name.words));
}

/** Returns true for a field made for machines, by its name: a slug, a search text. */
export function isForMachines(path: string): boolean {
  const words = nameWords(path);
  return machines.some((name) => holdsInOrder(words, name.words));
}

function scoreAmong(words: readonly string[], names: readonly KnownName[]): number {
  let best = 0;
  for (const { words: wanted, weight, isWhole } of names) {
    const likeness = isWhole && words.length !== wanted.length ? 0 : likenessOf(words, wanted);
    if (likeness * weight > best) best = likeness * weight;
  }
  return best;
}

/** 1 for the same words, 0.97 in another order, less with each additional word, 0 if one is missing. */
function likenessOf(words: readonly string[], wanted: readonly string[]): number {
  if (wanted.length === 0 || !wanted.every((word) => words.includes(word))) return 0;
  const surplus = words.length - wanted.length;
  if (surplus <= 0) return words.join(" ") === wanted.join(" ") ? 1 : 0.97;
  // "source_name" is a name first; the main word is last in French and first in English, so neither position decides.
  return Math.max(0.4, 0.97 - surplus * (wanted.length > 1 ? 0.1 : 0.16));
}

function holdsInOrder(words: readonly string[], wanted: readonly string[]): boolean {
  return ` ${words.join(" ")} `.includes(` ${wanted.join(" ")} `);
}
