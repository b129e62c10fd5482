import { type VocabularyName, vocabularyNames } from "../../model/vocabularies.ts";
import { suggestTerms } from "../terms/suggest-terms.ts";
import type { ProposalContext } from "./proposal.ts";

/** Our terms for a publisher's word, with the highest certainty. */
export interface Suggested {
  readonly slugs: readonly string[];
  readonly certainty: number;
}

/** Less certain suggestions cost more to undo than to make. */
const minCertainty = 0.5;
/** Terms almost as certain as the best are meant together: a "collectivité" is several audiences. */
const about = 0.08;
/** Maximum number of terms meant together. With more ("Économie") they are guesses, and the word stays open. */
const maxTogether = (vocabulary: VocabularyName) => (vocabulary === "targetedAudiences" ? 4 : 2);

const made = new WeakMap<ProposalContext, Map<string, Suggested | null>>();

/** Suggests terms for a word, or returns null. */
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
  if (best === undefined || best.slug === null || best.certainty < minCertainty) return null;
  const together = others.filter(({ certainty }) => certainty >= best.certainty - about).flatMap(({ slug }) => slug ?? []);
  if (together.length >= maxTogether(vocabulary)) return null;
  const holdsOne = vocabulary === "recurrence" || vocabulary === "europeanAid";
  return { slugs: holdsOne ? [best.slug] : [best.slug, ...together], certainty: best.certainty };
}
