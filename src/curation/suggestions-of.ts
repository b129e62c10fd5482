import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import { shownContent } from "../model/aid/shown-value.ts";
import type { Suggestion } from "../model/aid/suggestion.ts";
import type { Neighbourhood } from "../suggest/neighbours/neighbourhood.ts";
import { suggestFor } from "../suggest/suggest-for.ts";

/**
 * Returns the suggestions for the empty fields of an aid, the most certain of each field first. A field with a change of the publisher that
 * waits for a curator, or that a person has emptied, has none.
 */
export function suggestionsOf(aid: CuratedAid, neighbours: Neighbourhood | null): Suggestion[] {
  const isOpen = ({ field }: Suggestion) => aid.proposals[field] === undefined && aid.edits[field] === undefined;
  return suggestFor(shownContent(aid), neighbours, new Set([aid.aidId])).filter(isOpen);
}
