import type { Feed, FeedBody, Split } from "../../kit/feed.ts";

/** Values of a facet that a query requests: all values, until the query is split by this facet. */
export interface AskedFacet {
  readonly values: readonly string[];
  readonly isDivided: boolean;
}

/** Facets by name. `{name}` in the address or the body is the placeholder of the values. */
export type AskedFacets = Readonly<Record<string, AskedFacet>>;

/** A query to a feed, without the parameters of a page. */
export interface FeedQuestion {
  readonly address: URL;
  readonly body?: FeedBody;
  readonly facets: AskedFacets;
}

/** Returns the query for all records of a feed. */
export function wholeQuestion(address: URL, { body, split }: Pick<Feed, "body" | "split">): FeedQuestion {
  const facets = Object.fromEntries((split?.facets ?? []).map(({ name, values }) => [name, { values, isDivided: false }]));
  return { address, facets, ...(body === undefined ? {} : { body }) };
}

/** Returns one query for each value of the next facet, or none if the query is already split by all facets. */
export function divisionsOf(question: FeedQuestion, { facets }: Split): FeedQuestion[] {
  const next = facets.find(({ name }) => question.facets[name]?.isDivided === false);
  if (next === undefined) return [];
  return next.values.map((value) => ({
    ...question,
    facets: { ...question.facets, [next.name]: { values: [value], isDivided: true } },
  }));
}

/** Returns a readable name of a division: `type=AAP, year=2026`. */
export function divisionName({ facets }: FeedQuestion): string {
  const divided = Object.entries(facets).filter(([, { isDivided }]) => isDivided);
  return divided.map(([name, { values }]) => `${name}=${values.join("|")}`).join(", ");
}

/** Returns the facet whose placeholder is this whole text, if any. */
export function facetIn(text: string, facets: AskedFacets): AskedFacet | undefined {
  const name = /^\{(\w+)\}$/.exec(text)?.[1];
  return name !== undefined && Object.hasOwn(facets, name) ? facets[name] : undefined;
}
