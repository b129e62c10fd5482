import type { TermFileName } from "../../kit/rules/rule-context.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import type { VersionTerms } from "../../model/run/connector-version.ts";

/** Returns our terms for a word, or undefined without a decision on it. Words are compared folded. */
export function decidedTargets(terms: VersionTerms, vocabulary: TermFileName, word: string): readonly string[] | undefined {
  return Object.entries(terms[vocabulary] ?? {}).find(([known]) => foldTerm(known) === foldTerm(word))?.[1];
}

/** Adds or replaces the decision on a word. Null `targets` removes it. */
export function decideTerm(terms: VersionTerms, vocabulary: TermFileName, word: string, targets: readonly string[] | null): VersionTerms {
  const others = Object.entries(terms[vocabulary] ?? {}).filter(([known]) => foldTerm(known) !== foldTerm(word));
  const words = targets === null ? others : [...others, [word.trim(), [...new Set(targets)]] as const];
  const { [vocabulary]: _, ...rest } = terms;
  return words.length === 0 ? rest : { ...rest, [vocabulary]: Object.fromEntries(words) };
}
