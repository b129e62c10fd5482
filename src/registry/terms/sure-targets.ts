import type { TermSuggestion } from "./suggest-terms.ts";

/** From this certainty on, suggestions may be accepted in bulk. */
export const sureFrom = 0.85;

/** Returns our terms for a word if suggestions are sure: empty to ignore it, null if none is sure or sure ones conflict. */
export function sureTargets(suggestions: readonly TermSuggestion[]): readonly string[] | null {
  const sure = suggestions.filter(({ certainty }) => certainty >= sureFrom).map(({ slug }) => slug);
  if (sure.length === 0) return null;
  const slugs = sure.filter((slug) => slug !== null);
  if (slugs.length === 0) return [];
  return slugs.length === sure.length ? slugs : null;
}
