import type { Feed, FeedBody, Split } from "../../kit/feed.ts";

/** Values of a facet in a query: one value if the query is split by this facet (`isDivided`), else all values. */
export interface RequestedFacet {
  readonly values: readonly string[];
  readonly isDivided: boolean;
}

/** Facets by name. `{name}` in the address or the body is a placeholder for the values. */
export type RequestedFacets = Readonly<Record<string, RequestedFacet>>;

/** A query to a feed, without the parameters of a page. */
export interface FeedQuery {
  readonly address: URL;
  readonly body?: FeedBody;
  readonly facets: RequestedFacets;
}

/** Returns the query for all records of a feed. */
export function wholeQuery(address: URL, { body, split }: Pick<Feed, "body" | "split">): FeedQuery {
  const facets = Object.fromEntries((split?.facets ?? []).map(({ name, values }) => [name, { values, isDivided: false }]));
  return { address, facets, ...(body === undefined ? {} : { body }) };
}

/** Returns one query for each value of the next facet, or none if the query is already split by all facets. */
export function divisionsOf(query: FeedQuery, { facets }: Split): FeedQuery[] {
  const next = facets.find(({ name }) => query.facets[name]?.isDivided === false);
  if (next === undefined) return [];
  return next.values.map((value) => ({
    ...query,
    facets: { ...query.facets, [next.name]: { values: [value], isDivided: true } },
  }));
}

/** Returns a readable name of a division: `type=AAP, year=2026`. */
export function divisionName({ facets }: FeedQuery): string {
  const divided = Object.entries(facets).filter(([, { isDivided }]) => isDivided);
  return divided.map(([name, { values }]) => `${name}=${values.join("|")}`).join(", ");
}

/** Returns the facet if the whole text is its placeholder, else undefined. */
export function facetIn(text: string, facets: RequestedFacets): RequestedFacet | undefined {
  const name = /^\{(\w+)\}$/.exec(text)?.[1];
  return name !== undefined && Object.hasOwn(facets, name) ? facets[name] : undefined;
}
