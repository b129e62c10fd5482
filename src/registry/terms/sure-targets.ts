import type { TermSuggestion } from "./suggest-mappings.ts";

/** Minimum certainty of suggestions that may be accepted in bulk. */
export const sureFrom = 0.85;

/** Returns the sure suggestions for a word. Empty: ignore the word. Null: no suggestion is sure, or sure suggestions conflict. */
export function sureTargets(suggestions: readonly TermSuggestion[]): readonly string[] | null {
  const sure = suggestions.filter(({ certainty }) => certainty >= sureFrom).map(({ slug }) => slug);
  if (sure.length === 0) return null;
  const slugs = sure.filter((slug) => slug !== null);
  if (slugs.length === 0) return [];
  return slugs.length === sure.length ? slugs : null;
}
