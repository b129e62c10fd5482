import type { OwnField } from "../../model/survey/own-field.ts";
import names from "./known-names.json" with { type: "json" };
import { isGenericKey, nameWords } from "./name-words.ts";

/** Publishers' names for our fields, likeliest first. They are compared by `nameWords`. A name with `=` must match as a whole. */
export const knownNames: Partial<Readonly<Record<OwnField, readonly string[]>>> = names.fields;

/** Words that a name of our field never contains: "nomBeneficiaire" is the name of a recipient, not of an aid. */
const foreignWords = new Map(Object.entries(names.foreign).map(([field, words]) => [field as OwnField, new Set(words)]));

/** Names of fields that introduce a description. */
const leadNames: readonly string[] = names.leads;

/** Names of fields that must not be shown. */
const privateNames: readonly string[] = names.private;

/** Names of fields for machines, which are never part of a text. */
const machineNames: readonly string[] = names.machines;

interface KnownName {
  readonly words: readonly string[];
  /** 1 for the likeliest name, slightly less for each following name. */
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

/** Returns how well a field's name matches one of our fields: 1 for the usual name, less with additional words, 0 without a match. */
export function nameScore(path: string, field: OwnField): number {
  const names = known.get(field) ?? [];
  if (isForeign(path, field, names)) return 0;
  const inside = /^.+(?:\[\]\.|\.)([^.[\]]+)$/.exec(path)?.[1];
  const whole = scoreAmong(nameWords(path), names, /\d/.test(path));
  // In "conditions.secteur" the inner name may match alone.
  return inside === undefined || isGenericKey(inside)
    ? whole
    : Math.max(whole, 0.95 * scoreAmong(nameWords(inside), names, /\d/.test(inside)));
}

/** Returns true if a word of the name belongs to something else, unless a known name of the field contains this word. */
function isForeign(path: string, field: OwnField, names: readonly KnownName[]): boolean {
  const foreign = foreignWords.get(field);
  if (foreign === undefined) return false;
  const words = nameWords(path);
  return (
    words.some((word) => foreign.has(word)) &&
    !names.some(({ words: known }) => known.length === words.length && likenessOf(words, known) > 0)
  );
}

/** Returns true for a usual column title of our fields. */
export function isKnownTitle(title: string): boolean {
  const words = nameWords(title);
  return [...known.values()].some((names) => scoreAmong(words, names) >= 0.8);
}

/** Fields that pages have under a heading or beside a label. */
const sectionFields = [
  "targetedAudiences",
  "eligibility",
  "submissionDeadline",
  "contact",
  "description",
  "subventionRateUpperBound",
  "startDate",
  "applicationUrl",
  "contactEmail",
  "contactPhone",
] as const satisfies readonly OwnField[];

/** Returns the field that a heading or label of a page names, or null. */
export function fieldOfTitle(title: string): OwnField | null {
  return sectionFields.find((field) => nameScore(title, field) >= 0.8) ?? null;
}

/** Returns true for a field that introduces a description: `chapo`, `accroche`. */
export function isLead(path: string): boolean {
  return scoreAmong(nameWords(path), leads) >= 0.8;
}

/** Returns true if the name of a field says that it must not be shown. */
export function isPrivate(path: string): boolean {
  const words = nameWords(path);
  return privates.some((name) => containsWords(words, name.words));
}

/** Returns true if the name of a field says that it is for machines, such as a slug or a search text. */
export function isForMachines(path: string): boolean {
  // Keys of JSON-LD.
  if (/(?:^|\.)@(?:type|context|id)$/.test(path)) return true;
  const words = nameWords(path);
  return machines.some((name) => containsWords(words, name.words));
}

/** `isNumbered`: the name contains a number, as "s2Date" does. Then it is not a whole name. */
function scoreAmong(words: readonly string[], names: readonly KnownName[], isNumbered = false): number {
  let best = 0;
  for (const { words: wanted, weight, isWhole } of names) {
    const likeness = isWhole && (isNumbered || words.length !== wanted.length) ? 0 : likenessOf(words, wanted);
    if (likeness * weight > best) best = likeness * weight;
  }
  return best;
}

/** Returns 1 for the same words, 0.97 in another order, less with each additional word, and 0 if a word is missing. */
function likenessOf(words: readonly string[], wanted: readonly string[]): number {
  if (wanted.length === 0 || !wanted.every((word) => words.includes(word))) return 0;
  const surplus = words.length - wanted.length;
  if (surplus <= 0) return words.join(" ") === wanted.join(" ") ? 1 : 0.97;
  // The position of a word does not count, because the main word comes first in French and last in English.
  return Math.max(0.4, 0.97 - surplus * (wanted.length > 1 ? 0.1 : 0.16));
}

function containsWords(words: readonly string[], wanted: readonly string[]): boolean {
  return ` ${words.join(" ")} `.includes(` ${wanted.join(" ")} `);
}
