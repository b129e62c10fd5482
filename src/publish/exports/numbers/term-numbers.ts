import { z } from "zod";
import { type Slug, slugsOf, type VocabularyName } from "../../../model/vocabularies.ts";
import siteNumbers from "./site-numbers.json" with { type: "json" };

const Numbers = z.record(z.string(), z.int().positive());

/**
 * `site-numbers.json`: the numbers of Aides-territoires that public sources tell, and ours from 1,000,000 up. `sources` names the files of
 * its public code that prove the numbers of a list; numbers that only a client claims (31 for farmers) are left out. An operator who knows
 * the live numbers may replace those of ours. A number never gets another meaning.
 */
const { sources: _, ...file } = z
  .strictObject({
    sources: z.record(z.string(), z.string()),
    targetedAudiences: Numbers,
    audienceGroups: Numbers,
    aidTypes: Numbers,
    aidTypeGroups: Numbers,
    mobilizationSteps: Numbers,
    destinations: Numbers,
    recurrence: Numbers,
    themes: Numbers,
    categories: Numbers,
    perimeters: Numbers,
    backers: Numbers,
    programs: Numbers,
    projectReferences: Numbers,
  })
  .parse(siteNumbers);

/** A list of the file. */
export type NumberedList = keyof typeof file;

/** Vocabularies whose terms have numbers. */
export type NumberedVocabulary = NumberedList & VocabularyName;

const slugsByNumber = new Map(
  Object.entries(file).map(([list, numbers]) => [list, new Map(Object.entries(numbers).map(([slug, number]) => [number, slug]))]),
);

/** Returns the number of an entry of the file, or null if the file has none. */
export function siteNumber(list: NumberedList, slug: string): number | null {
  const numbers = file[list];
  return Object.hasOwn(numbers, slug) ? (numbers[slug] ?? null) : null;
}

/** Returns the entry of the file with this number, or undefined. */
export function siteSlug(list: NumberedList, number: number): string | undefined {
  return slugsByNumber.get(list)?.get(number);
}

/** Returns the number of a term. Throws if the file lacks it, which a test prevents. */
export function termNumber(list: NumberedVocabulary | "aidTypeGroups" | "audienceGroups", slug: string): number {
  const number = siteNumber(list, slug);
  if (number === null) throw new Error(`site-numbers.json has no number for ${list} "${slug}"`);
  return number;
}

/** Returns the term of a vocabulary with this number, or undefined. */
export function termOfNumber<Name extends NumberedVocabulary>(vocabulary: Name, number: number): Slug<Name> | undefined {
  const slug = siteSlug(vocabulary, number);
  return (slugsOf(vocabulary) as readonly string[]).find((one) => one === slug) as Slug<Name> | undefined;
}
