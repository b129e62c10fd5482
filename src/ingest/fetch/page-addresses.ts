import { type AskedFacets, facetIn } from "./feed-question.ts";

/** Name -> value of what a page is asked with. */
export type PageParameters = Readonly<Record<string, string | number>>;

/**
 * An address with these parameters, each in place of those of its name, and with the facets' values in place of their placeholders: a parameter that
 * asks for all values of a facet is left out. The rest of the query stays as the address writes it, to the letter.
 */
export function pageAddress(address: URL, parameters: PageParameters, facets: AskedFacets): URL {
  const added = Object.entries(parameters).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  if (added.length === 0 && Object.keys(facets).length === 0) return address;
  const url = new URL(address);
  const kept = url.search
    .slice(1)
    .split("&")
    .filter((piece) => piece !== "" && !Object.hasOwn(parameters, readPiece(piece).name))
    .flatMap((piece) => withFacets(piece, facets));
  url.search = [...kept, ...added].join("&");
  return url;
}

/**
 * The address that a page names as the next one, or null where it cannot be read. A link from https back to http on the same host is asked over
 * https: servers behind a proxy write what they see of themselves.
 */
export function linkedAddress(link: string, from: URL): URL | null {
  if (!URL.canParse(link, from.href)) return null;
  const next = new URL(link, from.href);
  if (from.protocol === "https:" && next.protocol === "http:" && next.host === from.host) next.protocol = "https:";
  next.username = "";
  next.password = "";
  next.hash = "";
  return next;
}

function withFacets(piece: string, facets: AskedFacets): string[] {
  const { name, value } = readPiece(piece);
  const facet = facetIn(value, facets);
  if (facet === undefined) return [piece];
  return facet.isDivided ? facet.values.map((asked) => `${encodeURIComponent(name)}=${encodeURIComponent(asked)}`) : [];
}

function readPiece(piece: string): { readonly name: string; readonly value: string } {
  const [[name, value] = ["", ""]] = [...new URLSearchParams(piece)];
  return { name, value };
}
