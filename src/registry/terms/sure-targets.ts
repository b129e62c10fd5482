import type { TermSuggestion } from "./suggest-terms.ts";

/** From so certain on, suggestions may be accepted many at once. */
export const sureFrom = 0.85;

/** What a word means as far as suggestions are sure: our terms, none where it is to be ignored; null where nothing is sure, or sure ones contradict each other. */
export function sureTargets(suggestions: readonly TermSuggestion[]): readonly string[] | null {
  const sure = suggestions.filter(({ certainty }) => certainty >= sureFrom).map(({ slug }) => slug);
  if (sure.length === 0) return null;
  const slugs = sure.filter((slug) => slug !== null);
  if (slugs.length === 0) return [];
  return slugs.length === sure.length ? slugs : null;
}
