import { categoryWords, destinationWords, stepWords, typeWords } from "./term-words.ts";

/** Vocabularies whose terms have words of their own. Audiences do not: a text also names those that it excludes. */
export const wordedVocabularies = ["aidTypes", "mobilizationSteps", "destinations", "categories"] as const;

type Worded = (typeof wordedVocabularies)[number];

/** The terms of each vocabulary, with the pattern that finds their words in folded text (`foldTerm`). */
export const termPatterns: Readonly<Record<Worded, readonly (readonly [string, RegExp])[]>> = {
  aidTypes: compiled(typeWords),
  mobilizationSteps: compiled(stepWords),
  destinations: compiled(destinationWords),
  categories: compiled(categoryWords),
};

function compiled(patterns: Readonly<Record<string, string | undefined>>): readonly (readonly [string, RegExp])[] {
  return Object.entries(patterns).map(([term, pattern]) => [term, new RegExp(`\\b(?:${pattern})`)]);
}

/** Returns the terms that a folded text names. */
export function termsNamedIn(vocabulary: Worded, folded: string): string[] {
  return termPatterns[vocabulary].filter(([, pattern]) => pattern.test(folded)).map(([term]) => term);
}
