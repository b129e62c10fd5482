import type { Connector, DecodeOptions } from "../../kit/definition.ts";
import type { Paging, Split } from "../../kit/feed.ts";
import { FeedRefused, FeedUnreachable, FeedUnreadable } from "../../model/run/run-error.ts";
import { divisionName, divisionsOf, type FeedQuery, wholeQuery } from "./feed-query.ts";
import type { FetchedPart, StoppedEarly } from "./fetched-feed.ts";
import { readPage } from "./page-content.ts";
import { type PageRequest, PageTrail } from "./page-trail.ts";
import { DistinctRecords, PageWalk, type WalkedPages } from "./page-walk.ts";
import type { RequestBody } from "./request-body.ts";

const defaultMaxPages = 1000;

/** Downloads the page with this number, from 1. Requests with a body are sent by POST. */
type DownloadPage = (url: URL, page: number, body?: RequestBody) => Promise<FetchedPart>;

/**
 * Downloads the pages of a feed, in one query or, if it is split, in several. The latest announced total counts, but links and cursors are
 * followed to their end. Throws the errors of the first page, and `FeedUnreadable` over a limit or if pages of this format cannot be
 * walked.
 */
export async function walkPages(
  { feed, decode }: Pick<Connector, "feed" | "decode">,
  paging: Paging,
  address: URL,
  download: DownloadPage,
): Promise<WalkedPages> {
  checkWalkable(decode, paging);
  const pages = new FeedPages(download, feed.maxPages ?? defaultMaxPages);
  return walkDivisions(wholeQuery(address, feed), { paging, decode, pages }, feed.split);
}

/** Throws for a connector whose pages cannot be walked. Links and cursors in the body are supported only for JSON. */
function checkWalkable(decode: DecodeOptions, paging: Paging): void {
  const isJson = decode.format === "json" && !decode.lines;
  if (isJson || (decode.format !== "excel" && !("path" in paging))) return;
  throw new FeedUnreadable("unsupported-file", { found: `${decode.format} in pages (${paging.kind}), a way` });
}

/** No window: the feed is fetched in one query, whatever total it announces. */
const noSplit: Split = { window: Number.POSITIVE_INFINITY, facets: [] };

/**
 * Queries the whole feed. If it announces more records than the window allows, queries once for each value of the first facet, and splits
 * divisions that are still too large by the next facet. Returns the parts of all divisions in order. The walk stopped early if a division
 * did, if no facet makes a division small enough (`over-window`), or if the divisions have fewer distinct records than the whole query
 * announced (`split-incomplete`): the facets do not cover the feed.
 */
async function walkDivisions(
  whole: FeedQuery,
  options: Omit<WalkOptions, "window" | "distinct">,
  split: Split = noSplit,
): Promise<WalkedPages> {
  const { window } = split;
  const undivided = await walkQuery(whole, { ...options, window });
  if (!("announced" in undivided)) return undivided;

  const { announced } = undivided;
  const distinct = new DistinctRecords();
  const parts: FetchedPart[] = [];
  const ended = (params: StoppedEarly["params"] | null): WalkedPages => ({
    parts,
    announcedTotal: announced,
    stoppedEarly: params && { code: "walk-incomplete", params: { ...params, received: distinct.count, announced } },
  });

  for (const waiting = divisionsOf(whole, split); ; ) {
    const division = waiting.shift();
    if (division === undefined) return ended(distinct.count < announced ? { reason: "split-incomplete" } : null);
    const walked = await walkQuery(division, { ...options, window, distinct });
    if ("announced" in walked) {
      const finer = divisionsOf(division, split);
      if (finer.length === 0) return ended({ reason: "over-window", division: divisionName(division), found: walked.announced, window });
      waiting.unshift(...finer);
      continue;
    }
    if (walked.stoppedEarly !== null) {
      const { params } = walked.stoppedEarly;
      const page = parts.length + Number(params.page);
      parts.push(...walked.parts);
      return ended({ ...params, page, division: divisionName(division) });
    }
    parts.push(...walked.parts);
    distinct.endDivision();
  }
}

/** Options of a walk. */
interface WalkOptions {
  readonly paging: Paging;
  readonly decode: DecodeOptions;
  readonly pages: FeedPages;
  /** Maximum number of records that one query can return. */
  readonly window: number;
  /** Counts distinct records across divisions. */
  readonly distinct?: DistinctRecords;
}

/** The first page of the query announces more records than the window allows. */
interface OverWindow {
  readonly announced: number;
}

/**
 * Downloads the pages of one query until a page is empty or repeated, has no next page, or the announced total is reached. The walk
 * stopped early if it ends before that total, or by an error after the feed's first page. Returns `OverWindow` if the first page announces
 * too many records. Throws the errors of the feed's first page, and `FeedUnreadable` over a limit.
 */
async function walkQuery(query: FeedQuery, options: WalkOptions): Promise<WalkedPages | OverWindow> {
  const { paging, decode, pages, window } = options;
  const walk = new PageWalk(paging, window, options.distinct);
  const trail = new PageTrail(paging, query);
  for (let request: PageRequest = trail.first(), isFirst = true; ; isFirst = false) {
    const isFirstOfFeed = pages.requested === 0;
    let part: FetchedPart;
    try {
      part = await pages.request(request);
    } catch (error) {
      if (isFirstOfFeed || !(error instanceof FeedUnreachable || error instanceof FeedRefused)) throw error;
      if (walk.isPastTheEnd(error)) return walk.ended("past-the-end");
      const { reason: because, ...params } = error.params;
      return walk.ended("page-failed", { ...params, ...(because === undefined ? {} : { because }), error: error.code });
    }
    const content = await readPage(part, decode, paging);
    if (isFirstOfFeed && content.records === null) return { parts: [part], announcedTotal: null, stoppedEarly: null }; // decode reports the error
    if (isFirst && content.announced !== null && content.announced > window) return { announced: content.announced };
    const end = walk.add(part, content);
    if (end !== null) return walk.ended(end);
    const next = trail.after(request, content, walk.position(content));
    if (typeof next === "string") return walk.ended(next);
    request = next;
  }
}

/** Numbers the pages of a feed across all its queries, and limits their count. */
class FeedPages {
  requested = 0;

  constructor(
    private readonly download: DownloadPage,
    private readonly limit: number,
  ) {}

  /** Throws the errors of the download, and `FeedUnreadable` over the limit. */
  async request({ url, body }: PageRequest): Promise<FetchedPart> {
    if (this.requested === this.limit) throw new FeedUnreadable("too-many-pages", { limit: this.limit });
    this.requested++;
    return this.download(url, this.requested, body);
  }
}
