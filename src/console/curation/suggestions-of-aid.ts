import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import { suggestionsOf, takesSuggestions } from "../../curation/waiting-suggestions.ts";
import type { AidField } from "../../model/aid/aid.ts";
import type { Suggestion } from "../../model/aid/suggestion.ts";

/** Returns the best suggestion for each empty field of an aid that is, or may be, on the site. */
export function suggestionsOfAid(aid: CuratedAid): ReadonlyMap<AidField, Suggestion> {
  if (!takesSuggestions(aid)) return new Map();
  const best = new Map<AidField, Suggestion>();
  for (const one of suggestionsOf(aid)) if (!best.has(one.field)) best.set(one.field, one);
  return best;
}
