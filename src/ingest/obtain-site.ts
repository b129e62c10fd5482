import { join } from "node:path";
import type { Details } from "../kit/details.ts";
import { valueAt } from "../kit/expressions/field-path.ts";
import { pageAddressOf } from "../kit/pages/page-address.ts";
import { textOfValue } from "../kit/values/text/text-of-value.ts";
import type { FeedPart } from "../model/run/feed-part.ts";
import { FeedUnreadable, RunFailed } from "../model/run/run-error.ts";
import { type ArchivedList, bytesOf } from "../model/run/site-archive.ts";
import { decodeFeed } from "./decode/decode-feed.ts";
import { ArchivedPageReader } from "./decode/site/read-archived-page.ts";
import { readingOf } from "./feed-reading.ts";
import { feedUrl } from "./fetch/feed-address.ts";
import { type FetchedFeed, type FetchRequest, feedOf } from "./fetch/fetched-feed.ts";
import { fetchList } from "./fetch/site/fetch-list.ts";
import { fetchPages, type ListedPage, type PageHarvest } from "./fetch/site/fetch-pages.ts";
import { openVisit } from "./fetch/site/open-visit.ts";
import type { PoliteVisit } from "./fetch/site/polite-visit.ts";
import { PreviousSite } from "./fetch/site/previous-site.ts";
import { writeArchive } from "./fetch/site/write-archive.ts";
import type { IngestionRun } from "./ingestion-run.ts";

/** Share of a run's time in which pages are requested. The rest is for reading them. */
const visitShare = 0.75;

const nothingFetched: PageHarvest = { fetched: new Map(), failed: new Map(), checked: new Map() };

/**
 * Fetches a list and those of its pages that are due, and returns one archive of all pages. Throws the errors of `fetchFeed` for the list,
 * and `FeedRefused` (`robots-refused`) if robots.txt forbids it.
 */
export async function obtainSite(run: IngestionRun, request: FetchRequest, details: Details): Promise<FetchedFeed> {
  const until = performance.now() + run.budget.seconds * 1000 * visitShare;
  const previous = await openPrevious(run);
  const { visit, close } = openVisit(request, details);
  try {
    const address = feedUrl(request);
    await visit.checkAllowed(address);
    const { lists, feed } = await fetchList(request, previous, await visit.pauseMs(address));
    const { pages, isWhole } = await listedPages(run, lists, details);
    const keepsAll = !isWhole || feed.stoppedEarly !== null;
    const harvest = keepsAll
      ? nothingFetched
      : await fetchPages(pages, previous, visit, harvestOptions(run, visit, { details, listHost: address.host, until }));
    const archive = await writeArchive({ lists, listed: pages, harvest, previous, keepsAll }, await request.spoolFolder());
    return { ...feedOf([archive]), stoppedEarly: feed.stoppedEarly };
  } finally {
    await previous?.close();
    await close();
  }
}

function harvestOptions(
  run: IngestionRun,
  visit: PoliteVisit,
  { details, listHost, until }: { details: Details; listHost: string; until: number },
): Parameters<typeof fetchPages>[3] {
  const reader = new ArchivedPageReader(details, run.decodeLimits());
  return {
    details,
    listHost,
    until,
    now: run.services.clock.now(),
    maxPages: Math.min(details.perNight.pages, run.options.limit ?? Number.POSITIVE_INFINITY),
    isExpected: async (page) => !("fault" in (await reader.read(page))),
    onProgress: () => run.at("fetch", visit.bytes, null),
  };
}

/** Opens the archive of the connector's last fetch, applied or not. Returns null without one. */
async function openPrevious({ services: { catalogue }, connector, spool }: IngestionRun): Promise<PreviousSite | null> {
  const hash = await catalogue.runs.lastFetched(connector.definition.id);
  if (hash === null) return null;
  try {
    const { parts } = await catalogue.snapshots.restore(hash, await spool.path());
    const [only] = parts;
    return only === undefined || parts.length > 1 ? null : await PreviousSite.open(only.path);
  } catch (error) {
    // A snapshot that was deleted, or a list from before the connector had pages.
    if (error instanceof FeedUnreadable || (error instanceof RunFailed && error.code === "snapshot-missing")) return null;
    throw error;
  }
}

/**
 * Returns the pages of a list, each once. `isWhole` is false if the list cannot be read to its end, or has fewer records than it announces;
 * reading the feed then reports it.
 */
async function listedPages(
  run: IngestionRun,
  lists: readonly ArchivedList[],
  details: Details,
): Promise<{ pages: readonly ListedPage[]; isWhole: boolean }> {
  const pages = new Map<string, ListedPage>();
  const { details: _, ...reading } = readingOf(run.connector.definition);
  const base = lists[0]?.url ?? null;
  let received = 0;
  let announced = 0;
  try {
    for await (const batch of decodeFeed(lists.map(partOf), reading, run.decodeLimits())) {
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

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
