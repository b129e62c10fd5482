import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { takesSuggestions, waitingSuggestions } from "../../../curation/waiting-suggestions.ts";
import type { AidContent } from "../../../model/aid/aid.ts";
import { shownContent } from "../../../model/aid/shown-value.ts";
import { type DefaultsSource, type ProposedDefault, proposeDefaults } from "../../../suggest/propose-defaults.ts";
import { cachedUntilChange } from "../../cached-until-change.ts";
import { neighbourhood } from "../../curation/suggestions-of-aid.ts";
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
  const defaults = await readDefaults(visit, connector);
  const decisions = await catalogue.standingDecisions.holdingFor(connector);
  const publisher = await catalogue.publishers.findByConnector(connector);
  return {
    connector,
    ...waiting,
    defaults,
    decisions,
    publisher,
  };
}

/** Reads the suggestions of a connector's first aids by field. Comparing each with the aids on the site takes milliseconds. */
const suggestionsByField = cachedUntilChange(async (catalogue, now, connector: string) => {
  const read = firstAids(catalogue.aids.curated({ connector }));
  const groups = await waitingSuggestions(read.pages(), await neighbourhood(catalogue, now), { samples });
  return { groups: groups.filter(({ suggested, empty }) => suggested > 0 || empty > 0), ...read.state() };
});

/** Number of aids that defaults rest on. */
const maxForDefaults = 200;

/** Proposes values for all aids of a connector, from its first aids. Leaves out those for some types of aid only, and the names of operators. */
export async function readDefaults({ catalogue, console: { jobs }, now }: Visit, connector: string): Promise<ProposedDefault[]> {
  const definition = (await jobs.connectors()).find((loaded) => loaded.definition.id === connector)?.definition;
  const { name = connector, website = null } = definition?.publisher ?? {};
  return proposedDefaults(catalogue, now, { connector, publisher: name, website });
}

const proposedDefaults = cachedUntilChange(async (catalogue, now, source: DefaultsSource) => {
  const contents: AidContent[] = [];
  for await (const page of firstAids(catalogue.aids.curated({ connector: source.connector })).pages()) {
    contents.push(...page.map(shownContent));
    if (contents.length >= maxForDefaults) break;
  }
  const proposed = proposeDefaults(source, contents, await neighbourhood(catalogue, now));
  return proposed.filter(({ value, onlyTypes }) => value.kind === "constant" && onlyTypes === null);
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
