import type { Feed, FeedBody, Split } from "../../kit/feed.ts";

/** The values of a facet that a question asks for: all of them, until it is divided by the facet. */
export interface AskedFacet {
  readonly values: readonly string[];
  readonly isDivided: boolean;
}

/** Facets by name; `{name}` in the address or the body stands for the values. */
export type AskedFacets = Readonly<Record<string, AskedFacet>>;

/** What is asked of a feed, but for the parameters of a page. */
export interface FeedQuestion {
  readonly address: URL;
  readonly body?: FeedBody;
  readonly facets: AskedFacets;
}

/** The question for all records of a feed. */
export function wholeQuestion(address: URL, { body, split }: Pick<Feed, "body" | "split">): FeedQuestion {
  const facets = Object.fromEntries((split?.facets ?? []).map(({ name, values }) => [name, { values, isDivided: false }]));
  return { address, facets, ...(body === undefined ? {} : { body }) };
}

/** The question divided by the next facet, one for each of its values in their order; none where it is divided by all. */
export function divisionsOf(question: FeedQuestion, { facets }: Split): FeedQuestion[] {
  const next = facets.find(({ name }) => question.facets[name]?.isDivided === false);
  if (next === undefined) return [];
  return next.values.map((value) => ({
    ...question,
    facets: { ...question.facets, [next.name]: { values: [value], isDivided: true } },
  }));
}

/** What a division asks for, to be read by a person: `type=AAP, year=2026`. */
export function divisionName({ facets }: FeedQuestion): string {
  const divided = Object.entries(facets).filter(([, { isDivided }]) => isDivided);
  return divided.map(([name, { values }]) => `${name}=${values.join("|")}`).join(", ");
}

/** The facet of which a text as a whole is the placeholder, if any. */
export function facetIn(text: string, facets: AskedFacets): AskedFacet | undefined {
  const name = /^\{(\w+)\}$/.exec(text)?.[1];
  return name !== undefined && Object.hasOwn(facets, name) ? facets[name] : undefined;
}
