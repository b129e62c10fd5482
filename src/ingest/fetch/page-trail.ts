import type { WalkedPaging } from "../../kit/feed.ts";
import { linkedAddress } from "../../kit/values/text/linked-address.ts";
import type { FeedQuery } from "./feed-query.ts";
import { type PageParameters, pageAddress } from "./page-addresses.ts";
import type { PageContent } from "./page-content.ts";
import { type RequestBody, writeRequestBody } from "./request-body.ts";
import type { EndOfWalk, WalkPosition } from "./walk-end.ts";

/** Request for a page. */
export interface PageRequest {
  readonly url: URL;
  readonly body?: RequestBody;
}

/** Computes the requests for the pages of one query. Sends nothing. */
export class PageTrail {
  /** Addresses or cursors requested so far, to detect loops. */
  readonly #requested = new Set<string>();

  constructor(
    private readonly paging: WalkedPaging,
    private readonly query: FeedQuery,
  ) {}

  /** Returns the request for the first page. */
  first(): PageRequest {
    const request = this.#requestWith(this.#parametersAt({ pagesRead: 0, rows: 0 }));
    this.#requested.add(request.url.href);
    return request;
  }

  /** Returns the request for the next page, or the reason why the walk ends. */
  after(previous: PageRequest, { next }: PageContent, position: WalkPosition): PageRequest | EndOfWalk {
    switch (this.paging.kind) {
      case "offset":
      case "page":
        return this.#requestWith(this.#parametersAt(position));
      case "cursor":
        return isAbsent(next) ? "no-next-link" : this.#requestWithCursor(this.paging.parameter, next);
      case "nextLink":
      case "linkHeader":
        return isAbsent(next) ? "no-next-link" : this.#requestByLink(next, previous);
    }
  }

  #parametersAt({ pagesRead, rows }: WalkPosition): PageParameters {
    const { paging } = this;
    if (paging.kind === "offset") return { [paging.limitParameter]: paging.pageSize, [paging.offsetParameter]: rows };
    if (paging.kind !== "page") return {};
    const size = paging.sizeParameter !== undefined && paging.pageSize !== undefined ? { [paging.sizeParameter]: paging.pageSize } : {};
    return { ...size, [paging.pageParameter]: paging.firstPage + pagesRead };
  }

  #requestWithCursor(parameter: string, cursor: unknown): PageRequest | EndOfWalk {
    if (typeof cursor !== "string" && typeof cursor !== "number") return "bad-cursor";
    const key = String(cursor);
    if (this.#requested.has(key)) return "cursor-loop";
    this.#requested.add(key);
    return this.#requestWith({ [parameter]: cursor });
  }

  /** Returns the request for a linked page. Sends a body only to the origin of the previous page. */
  #requestByLink(link: unknown, { url, ...rest }: PageRequest): PageRequest | EndOfWalk {
    const next = typeof link === "string" ? linkedAddress(link, url) : null;
    if (next === null || (rest.body !== undefined && next.origin !== url.origin)) return "bad-next-link";
    if (this.#requested.has(next.href)) return "next-link-loop";
    this.#requested.add(next.href);
    return { ...rest, url: next };
  }

  #requestWith(parameters: PageParameters): PageRequest {
    const { address, body, facets } = this.query;
    const inBody = "parametersIn" in this.paging && this.paging.parametersIn === "body";
    const url = pageAddress(address, inBody ? {} : parameters, facets);
    return body === undefined ? { url } : { url, body: writeRequestBody(body, inBody ? parameters : {}, facets) };
  }
}

function isAbsent(next: unknown): boolean {
  return next === undefined || next === null || next === "" || next === false;
}
