import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { takesSuggestions, waitingSuggestions } from "../../../curation/waiting-suggestions.ts";
import { cachedUntilChange } from "../../cached-until-change.ts";
import type { Visit } from "../../visit.ts";

/** Limits that make the page and its acts answer in time. */
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

/** Reads the suggestions of a connector's first aids by field. Comparing each with the aids on the site takes milliseconds. */
const suggestionsByField = cachedUntilChange(async (catalogue, _now, connector: string) => {
  const read = firstAids(catalogue.aids.curated({ connector }));
  const groups = await waitingSuggestions(read.pages(), { samples });
  return { groups: groups.filter(({ suggested, empty }) => suggested > 0 || empty > 0), ...read.state() };
});

/** Reads pages of aids until a limit. `state`: how many aids were read, and whether some are left. */
export function firstAids(pages: AsyncIterable<readonly CuratedAid[]>): {
  pages(): AsyncGenerator<readonly CuratedAid[]>;
  state(): { readonly looked: number; readonly isCut: boolean };
} {
  let looked = 0;
  let isCut = false;
  const until = performance.now() + withinMs;
  return {
    async *pages() {
      for await (const page of pages) {
        const open = page.filter(takesSuggestions);
        for (let first = 0; first < open.length; first += pieceLength) {
          if (looked >= maxAids || performance.now() > until) {
            isCut = true;
            return;
          }
          const piece = open.slice(first, first + pieceLength);
          looked += piece.length;
          yield piece;
        }
      }
    },
    state: () => ({ looked, isCut }),
  };
}

const pieceLength = 50;
