import { type VocabularyName, vocabularyNames } from "../../model/vocabularies.ts";
import { suggestTerms } from "../terms/suggest-terms.ts";
import type { ProposalContext } from "./proposal.ts";

/** Terms of ours that a publisher's word may mean, with the certainty of the surest. */
export interface Suggested {
  readonly slugs: readonly string[];
  readonly certainty: number;
}

/** A suggestion that is less certain is more work to undo than to make. */
const leastCertainty = 0.5;
/** Terms that are about as certain as the surest are meant together: a "collectivité" is several audiences. */
const about = 0.08;
/** So many are meant together at most; more are as many guesses ("Économie"), and the word stays open. */
const mostTogether = (vocabulary: VocabularyName) => (vocabulary === "targetedAudiences" ? 4 : 2);

const made = new WeakMap<ProposalContext, Map<string, Suggested | null>>();

/** What a word may mean in a vocabulary; null where we cannot tell. */
export function suggestionFor(context: ProposalContext, vocabulary: string, word: string): Suggested | null {
  const name = vocabularyNames.find((known) => known === vocabulary);
  if (name === undefined) return null;
  const before = made.get(context) ?? new Map<string, Suggested | null>();
  made.set(context, before);
  const key = `${vocabulary} ${word}`;
  const known = before.get(key);
  if (known !== undefined) return known;
  const suggested = suggest(context, name, word);
  before.set(key, suggested);
  return suggested;
}

function suggest({ knownTerms }: ProposalContext, vocabulary: VocabularyName, word: string): Suggested | null {
  const [best, ...others] = suggestTerms(vocabulary, word, knownTerms).filter(({ slug }) => slug !== null);
  if (best === undefined || best.slug === null || best.certainty < leastCertainty) return null;
  const together = others.filter(({ certainty }) => certainty >= best.certainty - about).flatMap(({ slug }) => slug ?? []);
  if (together.length >= mostTogether(vocabulary)) return null;
  const holdsOne = vocabulary === "recurrence" || vocabulary === "europeanAid";
  return { slugs: holdsOne ? [best.slug] : [best.slug, ...together], certainty: best.certainty };
}
