import { budgetOf } from "../../kit/budget.ts";
import type { Connector, DecodeOptions } from "../../kit/definition.ts";
import type { Split, WalkedPaging } from "../../kit/feed.ts";
import { FeedRefused, FeedUnreachable, FeedUnreadable, RunOverBudget } from "../../model/run/run-error.ts";
import { divisionName, divisionsOf, type FeedQuery, wholeQuery } from "./feed-query.ts";
import type { FetchedPart, StoppedEarly } from "./fetched-feed.ts";
import { readPage } from "./page-content.ts";
import { type PageRequest, PageTrail } from "./page-trail.ts";
import type { RequestBody } from "./request-body.ts";
import { causeOf, DistinctRecords, PageWalk, type WalkedPages } from "./walk-end.ts";

/** Downloads the page with this number, from 1. Sends a request with a body by POST. */
type DownloadPage = (url: URL, page: number, body?: RequestBody) => Promise<FetchedPart>;

/**
 * Downloads the pages of a feed in one query, or in several if the feed is split. Throws the errors of the first page, `RunOverBudget`, or
 * `FeedUnreadable` if pages of this format cannot be walked.
 */
export async function walkPages(
  connector: Pick<Connector, "feed" | "decode" | "budget">,
  paging: WalkedPaging,
  address: URL,
  download: DownloadPage,
): Promise<WalkedPages> {
  const { feed, decode } = connector;
  checkWalkable(decode, paging);
  const pages = new FeedPages(download, budgetOf(connector).pages);
  return walkDivisions(wholeQuery(address, feed), { paging, decode, pages }, feed.split);
}

/** Throws `FeedUnreadable` if the pages cannot be walked. Links in the answer are supported for JSON and HTML, cursors for JSON. */
function checkWalkable(decode: DecodeOptions, paging: WalkedPaging): void {
  const hasLinks = (decode.format === "json" && !decode.lines) || (decode.format === "html" && paging.kind === "nextLink");
  if (hasLinks || (decode.format !== "excel" && decode.format !== "yaml" && !("path" in paging))) return;
  throw new FeedUnreadable("unsupported-file", { found: `${decode.format} in pages (${paging.kind}), a way` });
}

/** The feed is fetched in one query, whatever total it announces. */
const noSplit: Split = { window: Number.POSITIVE_INFINITY, facets: [] };

/**
 * Queries the whole feed. If the feed announces more records than the window allows, sends one query for each value of the first facet. If
 * a division is still too large, splits it by the next facet. Returns the parts of all divisions in order.
 *
 * The walk stopped early if a division stopped early, or if a division is too large for the window and no facet is left (`over-window`), or
 * if all divisions have fewer distinct records than the whole query announced (`split-incomplete`), because the facets miss some records.
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

interface WalkOptions {
  readonly paging: WalkedPaging;
  readonly decode: DecodeOptions;
  readonly pages: FeedPages;
  /** Maximum number of records that one query can return. */
  readonly window: number;
  /** Counts distinct records across divisions. */
  readonly distinct?: DistinctRecords;
}

/** Number of records that the first page announces, if the window is smaller. */
interface OverWindow {
  readonly announced: number;
}

/**
 * Downloads the pages of one query until a page is empty or repeated or the last one, or until the announced total is reached. Returns
 * `OverWindow` if the first page announces more records than the window allows. An error stops the walk early. But errors of the feed's
 * first page, and those of exceeded limits, are thrown.
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
      return walk.ended("page-failed", causeOf(error));
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

/** Requests the pages of all queries of a feed, numbers them, and limits their count. */
class FeedPages {
  requested = 0;

  constructor(
    private readonly download: DownloadPage,
    private readonly limit: number,
  ) {}

  /** Downloads a page. Throws `RunOverBudget` if the feed has more pages than the limit. */
  async request({ url, body }: PageRequest): Promise<FetchedPart> {
    if (this.requested === this.limit) throw RunOverBudget.of("pages", this.limit);
    this.requested++;
    return this.download(url, this.requested, body);
  }
}
