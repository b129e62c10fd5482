import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { takesSuggestions, waitingSuggestions } from "../../../curation/waiting-suggestions.ts";
import { cachedUntilChange } from "../../cached-until-change.ts";
import type { Visit } from "../../visit.ts";

/** Limits that make the page answer in time. */
const maxAids = 1000;
const withinMs = 8000;

const samples = 5;

/** The data of the page « Suggestions » of a connector. `publisher`: that a decision can hold for; null if it is not listed. */
export type SuggestionsView = Awaited<ReturnType<typeof readSuggestions>>;

/** Reads the suggestions for the first aids of a connector that may be on the site, and the decisions that hold for it. */
export async function readSuggestions(visit: Visit, connector: string) {
  const { catalogue, now } = visit;
  const waiting = await suggestionsByField(catalogue, now, connector);
  const decisions = await catalogue.standingDecisions.holdingFor(connector);
  const publisher = await catalogue.publishers.findByConnector(connector);
  return {
    connector,
    ...waiting,
    decisions,
    publisher,
  };
}

/** Reads the suggestions of a connector's first aids by field. `looked`: how many aids were read. `isCut`: whether some are left. */
const suggestionsByField = cachedUntilChange(async (catalogue, _now, connector: string) => {
  let looked = 0;
  let isCut = false;
  const until = performance.now() + withinMs;
  async function* firstAids(): AsyncGenerator<readonly CuratedAid[]> {
    for await (const page of catalogue.aids.curated({ connector })) {
      const open = page.filter(takesSuggestions);
      for (let first = 0; first < open.length; first += pieceLength) {
        isCut = looked >= maxAids || performance.now() > until;
        if (isCut) return;
        const piece = open.slice(first, first + pieceLength);
        looked += piece.length;
        yield piece;
      }
    }
  }
  const groups = await waitingSuggestions(firstAids(), { samples });
  return { groups, looked, isCut };
});

const pieceLength = 50;
