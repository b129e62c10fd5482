import { join } from "node:path";
import type { Connector } from "../kit/definition.ts";
import type { Details } from "../kit/detail-pages.ts";
import { valueAt } from "../kit/expressions/field-path.ts";
import { pageAddressOf } from "../kit/pages/page-address.ts";
import { textOfValue } from "../kit/values/text/text-of-value.ts";
import type { FeedPart } from "../model/run/feed-part.ts";
import { once } from "../model/run/feed-part.ts";
import { FeedUnreadable } from "../model/run/run-error.ts";
import { type ArchivedList, bytesOf } from "../model/run/site-archive.ts";
import { decodeFeed } from "./decode/decode-feed.ts";
import type { DecodeLimits } from "./decode/decoded.ts";
import { ArchivedPageReader } from "./decode/site/read-archived-page.ts";
import { readingOf } from "./feed-reading.ts";
import { feedUrl } from "./fetch/feed-address.ts";
import { type FetchedFeed, type FetchRequest, feedOf } from "./fetch/fetched-feed.ts";
import { fetchList } from "./fetch/site/fetch-list.ts";
import { fetchPages, type ListedPage, type PageHarvest } from "./fetch/site/fetch-pages.ts";
import { openVisit } from "./fetch/site/open-visit.ts";
import type { PreviousSite } from "./fetch/site/previous-site.ts";
import { writeArchive } from "./fetch/site/write-archive.ts";

/** Limits of a visit, and facts about the site. */
export interface SiteVisit {
  readonly previous: PreviousSite | null;
  readonly now: Date;
  /** Instant of `performance.now()` at which the visit ends. */
  readonly until: number;
  readonly maxPages: number;
  readonly limits: DecodeLimits;
  /** Receives the number of bytes received so far. */
  onProgress(bytes: number): void;
}

const nothingFetched: PageHarvest = { fetched: new Map(), failed: new Map(), checked: new Map() };

/**
 * Fetches the list of a connector and those of its pages that are due, and returns one archive of all pages. Throws the errors of
 * `fetchFeed` for the list, and `FeedRefused` (`robots-refused`) if robots.txt forbids it.
 */
export async function visitSite(request: FetchRequest, details: Details, options: SiteVisit): Promise<FetchedFeed> {
  const { previous, now, until, maxPages, limits, onProgress } = options;
  const { visit, close } = openVisit(request, details);
  try {
    const address = feedUrl(request);
    await visit.checkAllowed(address);
    const { lists, feed } = await fetchList(request, previous, await visit.pauseMs(address));
    const { pages, isWhole } = await listedPages(request.connector, lists, details, limits);
    const keepsAll = !isWhole || feed.stoppedEarly !== null;
    const reader = new ArchivedPageReader(details, limits);
    const harvest = keepsAll
      ? nothingFetched
      : await fetchPages(pages, previous, visit, {
          ...{ details, listHost: address.host, now, until, maxPages },
          isExpected: async (page) => !("fault" in (await reader.read(page))),
          onProgress: () => onProgress(visit.bytes),
        });
    const archive = await writeArchive({ lists, listed: pages, harvest, previous, keepsAll }, await request.spoolFolder());
    return { ...feedOf([archive]), stoppedEarly: feed.stoppedEarly };
  } finally {
    await close();
  }
}

/**
 * Returns the pages of a list, each once. `isWhole` is false if the list cannot be read to its end, or has fewer records than it announces;
 * reading the feed then reports it.
 */
async function listedPages(
  definition: Connector,
  lists: readonly ArchivedList[],
  details: Details,
  limits: DecodeLimits,
): Promise<{ pages: readonly ListedPage[]; isWhole: boolean }> {
  const pages = new Map<string, ListedPage>();
  const { details: _, ...reading } = readingOf(definition);
  const base = lists[0]?.url ?? null;
  let received = 0;
  let announced = 0;
  try {
    for await (const batch of decodeFeed(lists.map(partOf), reading, limits)) {
      for (const item of batch) {
        if (item.kind === "total") announced = item.total;
        if (item.kind !== "record") continue;
        received++;
        const url = pageAddressOf(item.values, details, base);
        if (url === null || url === "left-out" || pages.has(url.href)) continue;
        const changed = details.changed === undefined ? null : textOfValue(valueAt(item.values, details.changed));
        pages.set(url.href, { url, changed });
      }
    }
    return { pages: [...pages.values()], isWhole: received >= announced };
  } catch (error) {
    if (error instanceof FeedUnreadable) return { pages: [...pages.values()], isWhole: false };
    throw error;
  }
}

function partOf(list: ArchivedList, index: number): FeedPart {
  const bytes = bytesOf(list);
  return { name: list.name, contentType: list.type, bytes: bytes.length, path: join("list", String(index)), open: () => once(bytes) };
}
