import { type VocabularyName, vocabularyNames } from "../../model/vocabularies.ts";
import { suggestMappings } from "../../registry/terms/suggest-mappings.ts";
import { once } from "../cached-results.ts";
import type { ProposalContext } from "./proposal.ts";

/** Our terms for a publisher's word, with the certainty of the best one. */
export interface Suggested {
  readonly slugs: readonly string[];
  readonly certainty: number;
}

/** Minimum certainty. Correcting worse suggestions costs people more time than choosing terms themselves. */
const minCertainty = 0.5;
/** A word means all terms whose certainty is at most this much below the best: a "collectivité" is several audiences. */
const closeCertainty = 0.08;
/** Maximum number of such terms. A word with more ("Économie") gets no suggestion, because its terms are guesses. */
const maxTogether = (vocabulary: VocabularyName) => (vocabulary === "targetedAudiences" ? 4 : 2);

const cache = new WeakMap<ProposalContext, Map<string, Suggested | null>>();

/** Suggests terms for a word, or returns null. */
export function suggestionFor(context: ProposalContext, vocabulary: string, word: string): Suggested | null {
  const name = vocabularyNames.find((known) => known === vocabulary);
  if (name === undefined) return null;
  const ofContext = once(cache, context, () => new Map<string, Suggested | null>());
  return once(ofContext, `${vocabulary} ${word}`, () => suggest(context, name, word));
}

function suggest({ knownTerms }: ProposalContext, vocabulary: VocabularyName, word: string): Suggested | null {
  const [best, ...others] = suggestMappings(vocabulary, word, knownTerms).filter(({ slug }) => slug !== null);
  if (best === undefined || best.slug === null || best.certainty < minCertainty) return null;
  const together = others.filter(({ certainty }) => certainty >= best.certainty - closeCertainty).flatMap(({ slug }) => slug ?? []);
  if (together.length >= maxTogether(vocabulary)) return null;
  const isSingle = vocabulary === "recurrence" || vocabulary === "europeanAid";
  return { slugs: isSingle ? [best.slug] : [best.slug, ...together], certainty: best.certainty };
}
