import type { Connector } from "../../connector-kit/definition.ts";

/** How the pages of a feed follow each other. */
export type Paging = NonNullable<Connector["feed"]["paging"]>;

/** How far the walk has come. */
export interface WalkPosition {
  readonly pagesRead: number;
  /** Rows of the feed that lie behind us. */
  readonly rows: number;
}

/** The address of the page at this position, where it follows from the position. A next link is the first page's address only. */
export function pageAddress(paging: Paging, feed: URL, { pagesRead, rows }: WalkPosition): URL {
  if (paging.kind === "offset") {
    return withQuery(feed, { [paging.limitParameter]: paging.pageSize, [paging.offsetParameter]: rows });
  }
  if (paging.kind === "page") {
    const size = paging.sizeParameter !== undefined && paging.pageSize !== undefined ? { [paging.sizeParameter]: paging.pageSize } : {};
    return withQuery(feed, { ...size, [paging.pageParameter]: paging.firstPage + pagesRead });
  }
  return feed;
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

/** Sets query parameters; the others stay as the address writes them, to the letter. */
function withQuery(address: URL, parameters: Readonly<Record<string, number>>): URL {
  const url = new URL(address);
  const kept = url.search
    .slice(1)
    .split("&")
    .filter((piece) => piece !== "" && !Object.hasOwn(parameters, nameOf(piece)));
  const added = Object.entries(parameters).map(([name, value]) => `${encodeURIComponent(name)}=${value}`);
  url.search = [...kept, ...added].join("&");
  return url;
}

function nameOf(piece: string): string {
  return [...new URLSearchParams(piece).keys()][0] ?? "";
}
