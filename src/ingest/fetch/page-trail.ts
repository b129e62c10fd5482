import type { Paging } from "../../kit/feed.ts";
import type { FeedQuestion } from "./feed-query.ts";
import { linkedAddress, type PageParameters, pageAddress } from "./page-addresses.ts";
import type { PageContent } from "./page-content.ts";
import type { EndOfWalk, WalkPosition } from "./page-walk.ts";
import { type RequestBody, writeRequestBody } from "./request-body.ts";

/** Request for a page. */
export interface PageRequest {
  readonly url: URL;
  readonly body?: RequestBody;
}

/** Computes the requests for the pages of one query. Sends nothing. */
export class PageTrail {
  /** Addresses or cursors requested so far, to detect loops. */
  readonly #asked = new Set<string>();

  constructor(
    private readonly paging: Paging,
    private readonly question: FeedQuestion,
  ) {}

  /** Returns the request for the first page. */
  first(): PageRequest {
    const ask = this.#askWith(this.#parametersAt({ pagesRead: 0, rows: 0 }));
    this.#asked.add(ask.url.href);
    return ask;
  }

  /** Returns the request for the page after this one, or why there is none. */
  after(asked: PageRequest, { next }: PageContent, position: WalkPosition): PageRequest | EndOfWalk {
    switch (this.paging.kind) {
      case "offset":
      case "page":
        return this.#askWith(this.#parametersAt(position));
      case "cursor":
        return isNothing(next) ? "no-next-link" : this.#askWithCursor(this.paging.parameter, next);
      case "nextLink":
      case "linkHeader":
        return isNothing(next) ? "no-next-link" : this.#askByLink(next, asked);
    }
  }

  #parametersAt({ pagesRead, rows }: WalkPosition): PageParameters {
    const { paging } = this;
    if (paging.kind === "offset") return { [paging.limitParameter]: paging.pageSize, [paging.offsetParameter]: rows };
    if (paging.kind !== "page") return {};
    const size = paging.sizeParameter !== undefined && paging.pageSize !== undefined ? { [paging.sizeParameter]: paging.pageSize } : {};
    return { ...size, [paging.pageParameter]: paging.firstPage + pagesRead };
  }

  #askWithCursor(parameter: string, cursor: unknown): PageRequest | EndOfWalk {
    if (typeof cursor !== "string" && typeof cursor !== "number") return "bad-cursor";
    const key = String(cursor);
    if (this.#asked.has(key)) return "cursor-loop";
    this.#asked.add(key);
    return this.#askWith({ [parameter]: cursor });
  }

  /** A body is posted only to the feed's own origin, as with redirects. */
  #askByLink(link: unknown, { url, ...asked }: PageRequest): PageRequest | EndOfWalk {
    const next = typeof link === "string" ? linkedAddress(link, url) : null;
    if (next === null || (asked.body !== undefined && next.origin !== url.origin)) return "bad-next-link";
    if (this.#asked.has(next.href)) return "next-link-loop";
    this.#asked.add(next.href);
    return { ...asked, url: next };
  }

  #askWith(parameters: PageParameters): PageRequest {
    const { address, body, facets } = this.question;
    const inBody = "parametersIn" in this.paging && this.paging.parametersIn === "body";
    const url = pageAddress(address, inBody ? {} : parameters, facets);
    return body === undefined ? { url } : { url, body: writeRequestBody(body, inBody ? parameters : {}, facets) };
  }
}

function isNothing(next: unknown): boolean {
  return next === undefined || next === null || next === "" || next === false;
}
