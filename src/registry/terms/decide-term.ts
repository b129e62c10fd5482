import type { TermFileName } from "../../kit/rules/rule-context.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import type { VersionTerms } from "../../model/run/connector-version.ts";

/** What was decided about a word, undefined where nothing was. Words are compared as terms are. */
export function decidedTargets(terms: VersionTerms, vocabulary: TermFileName, word: string): readonly string[] | undefined {
  return Object.entries(terms[vocabulary] ?? {}).find(([known]) => foldTerm(known) === foldTerm(word))?.[1];
}

/** The decisions with one more, in place of what was decided about the word before; `targets` null takes the decision away. */
export function decideTerm(terms: VersionTerms, vocabulary: TermFileName, word: string, targets: readonly string[] | null): VersionTerms {
  const others = Object.entries(terms[vocabulary] ?? {}).filter(([known]) => foldTerm(known) !== foldTerm(word));
  const words = targets === null ? others : [...others, [word.trim(), [...new Set(targets)]] as const];
  const { [vocabulary]: _, ...rest } = terms;
  return words.length === 0 ? rest : { ...rest, [vocabulary]: Object.fromEntries(words) };
}
