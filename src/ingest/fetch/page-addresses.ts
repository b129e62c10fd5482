import { facetIn, type RequestedFacets } from "./feed-query.ts";

/** Parameters that select a page, by name. */
export type PageParameters = Readonly<Record<string, string | number>>;

/**
 * Returns an address with these parameters, which replace existing ones with the same name. Replaces placeholders of facets by their
 * values. Removes the parameter of a facet that is not divided, because the query then asks for all values. Does not change other bytes.
 */
export function pageAddress(address: URL, parameters: PageParameters, facets: RequestedFacets): URL {
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

function withFacets(piece: string, facets: RequestedFacets): string[] {
  const { name, value } = readPiece(piece);
  const facet = facetIn(value, facets);
  if (facet === undefined) return [piece];
  return facet.isDivided ? facet.values.map((requested) => `${encodeURIComponent(name)}=${encodeURIComponent(requested)}`) : [];
}

function readPiece(piece: string): { readonly name: string; readonly value: string } {
  const [[name, value] = ["", ""]] = [...new URLSearchParams(piece)];
  return { name, value };
}

const target = /<([^<>]*)>/y;
const parameter = /\s*;\s*([^\s=;,"<>]*)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?/y;

/**
 * Returns the address of the next page in a `Link` header (RFC 8288), or null. Several headers must be joined by commas. Ignores links
 * that belong to another page (`anchor`).
 */
export function nextInLinkHeader(header: string): string | null {
  for (let at = 0; at < header.length; ) {
    const link = matchAt(target, header, at);
    if (link === null) {
      at += 1; // a comma, a blank, or an invalid link
      continue;
    }
    at = target.lastIndex;
    const parameters = new Map<string, string>();
    for (let found = matchAt(parameter, header, at); found !== null; found = matchAt(parameter, header, at)) {
      const [, name = "", quoted, bare = ""] = found;
      const key = name.toLowerCase();
      if (!parameters.has(key)) parameters.set(key, quoted?.replace(/\\(.)/g, "$1") ?? bare); // the first `rel` counts
      at = parameter.lastIndex;
    }
    const relations = parameters.get("rel")?.toLowerCase().split(/\s+/) ?? [];
    if (relations.includes("next") && !parameters.has("anchor")) return link[1] ?? null;
  }
  return null;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
