import type { Connector } from "../kit/definition.ts";
import { Details } from "../kit/detail-pages.ts";
import { defaultDecodeLimits } from "./decode/decoded.ts";
import { fetchFeed } from "./fetch/fetch-feed.ts";
import type { FetchedFeed, FetchedPart, FetchRequest } from "./fetch/fetched-feed.ts";
import { archivedList } from "./fetch/site/fetch-list.ts";
import { fetchPages } from "./fetch/site/fetch-pages.ts";
import { openVisit } from "./fetch/site/open-visit.ts";
import { PreviousSite } from "./fetch/site/previous-site.ts";
import { writeArchive } from "./fetch/site/write-archive.ts";
import { isSitemapIndex } from "./fetch/walk-sitemaps.ts";
import { visitSite } from "./visit-site.ts";

/** The pages to fetch, and when. */
export interface SiteSample {
  /** Addresses of the pages. */
  readonly pages: readonly string[];
  readonly now: Date;
  readonly pauseSeconds?: number;
}

/**
 * Fetches what a person gives the address of: a file, a web page, or all sitemaps of an index. Throws the errors of `fetchFeed`.
 */
export async function fetchAddress(request: FetchRequest & { readonly url: string }): Promise<readonly FetchedPart[]> {
  const { parts } = await fetchFeed(request);
  const [first] = parts;
  if (first === undefined || !(await isSitemapIndex(first))) return parts;
  const { url, ...whole } = request;
  const feed: Connector["feed"] = { url, paging: { kind: "sitemaps" } };
  return (await fetchFeed({ ...whole, connector: { ...request.connector, feed } })).parts.map((part) => ({
    ...part,
    url: part.url ?? url,
  }));
}

/** Returns the addresses of the sitemaps that robots.txt names. */
export async function namedSitemaps(request: FetchRequest, url: URL): Promise<readonly string[]> {
  const { visit, close } = openVisit(request, { pauseSeconds: 0 });
  try {
    return (await visit.sitemaps(url)).filter((address) => URL.canParse(address) && new URL(address).host === url.host);
  } finally {
    await close();
  }
}

/** A person waits for the pages. */
const maxSeconds = 30;

/**
 * Fetches a few pages of a list as a run would: where robots.txt allows them, one by one, with pauses. Returns the archive of the list and
 * these pages. `list`: the list as fetched, in one or several parts. Throws `FeedRefused` (`robots-refused`) if robots.txt forbids the list.
 */
export async function sampleSite(
  request: FetchRequest,
  list: readonly FetchedPart[],
  { pages, now, pauseSeconds = 1 }: SiteSample,
): Promise<FetchedPart> {
  const address = new URL(list[0]?.url ?? "");
  const details = Details.parse({ url: "lien", read: {}, pauseSeconds });
  const { visit, close } = openVisit(request, details);
  try {
    await visit.checkAllowed(address);
    const listed = pages.map((url) => ({ url: new URL(url), changed: null }));
    const harvest = await fetchPages(listed, null, visit, {
      details,
      listHost: address.host,
      now,
      maxPages: listed.length,
      until: performance.now() + maxSeconds * 1000,
      isExpected: async () => true,
      onProgress: () => undefined,
    });
    const lists = await Promise.all(list.map(archivedList));
    return await writeArchive({ lists, listed, harvest, previous: null, keepsAll: false }, await request.spoolFolder());
  } finally {
    await close();
  }
}

/**
 * Fetches the whole list of a connector and, for half a minute, the pages that the archive of a sample lacks. Returns the archive with all of
 * them. Calling it again continues. `archive`: path of the file. Throws the errors of `visitSite`.
 */
export async function sampleMorePages(request: FetchRequest, details: Details, archive: string, now: Date): Promise<FetchedFeed> {
  const previous = await PreviousSite.open(archive);
  try {
    return await visitSite(request, details, {
      previous,
      now,
      until: performance.now() + maxSeconds * 1000,
      maxPages: details.perNight.pages,
      limits: defaultDecodeLimits,
      onProgress: () => undefined,
    });
  } finally {
    await previous.close();
  }
}
