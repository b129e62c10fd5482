import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import { readNeighbourhood, suggestionsOf, takesSuggestions } from "../../curation/waiting-suggestions.ts";
import type { AidField } from "../../model/aid/aid.ts";
import type { Suggestion } from "../../model/aid/suggestion.ts";
import { cachedUntilChange } from "../cached-until-change.ts";
import type { Visit } from "../visit.ts";

/** Returns the published aids that suggestions compare with. */
export const neighbourhood = cachedUntilChange((catalogue) => readNeighbourhood(catalogue));

/** Returns the best suggestion for each empty field of an aid that is, or may be, on the site. */
export async function suggestionsOfAid({ catalogue, now }: Visit, aid: CuratedAid): Promise<ReadonlyMap<AidField, Suggestion>> {
  if (!takesSuggestions(aid)) return new Map();
  const best = new Map<AidField, Suggestion>();
  for (const one of suggestionsOf(aid, await neighbourhood(catalogue, now))) if (!best.has(one.field)) best.set(one.field, one);
  return best;
}
