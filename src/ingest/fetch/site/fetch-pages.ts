import { readFile } from "node:fs/promises";
import type { Details } from "../../../kit/detail-pages.ts";
import { FeedRefused, FeedUnreachable, FeedUnreadable } from "../../../model/run/run-error.ts";
import { type ArchivedPage, archivedBytes, type CheckedPage, type FailedPage } from "../../../model/run/site-archive.ts";
import type { PoliteVisit } from "./polite-visit.ts";
import type { PreviousSite } from "./previous-site.ts";

/** A page of the list. `changed`: what the list says about its last change. */
export interface ListedPage {
  readonly url: URL;
  readonly changed: string | null;
}

/** What became of the pages of a list in one night. Pages in none of the maps were not due, or are read another night. */
export interface PageHarvest {
  /** Path of the file with the archived page, by address. */
  readonly fetched: ReadonlyMap<string, FetchedPage>;
  readonly failed: ReadonlyMap<string, FailedPage>;
  /** Pages that the server confirmed as unchanged or sent as expected. */
  readonly checked: ReadonlyMap<string, CheckedPage>;
}

/** A page in a file on disk. */
interface FetchedPage {
  readonly path: string;
  readonly head: Pick<ArchivedPage, "url" | "from" | "type">;
}

/** How pages are chosen and judged. */
export interface HarvestOptions {
  readonly details: Details;
  readonly listHost: string;
  readonly now: Date;
  /** Maximum number of requests. */
  readonly maxPages: number;
  /** Instant of `performance.now()` at which the visit ends. */
  readonly until: number;
  /** Returns true if a page is the expected one. Others are requested again the next night. */
  isExpected(page: ArchivedPage): Promise<boolean>;
  onProgress(): void;
}

/** Failures in a row after which the server is left alone for the night. */
const maxFailuresInRow = 5;
const dayMs = 24 * 3600 * 1000;
/** A nightly run starts some minutes earlier or later than the last one. */
const slackMs = 2 * 3600 * 1000;

/** Requests the pages that are due, new ones first, then changed ones, then those requested longest ago, within the budget of a night. */
export async function fetchPages(
  listed: readonly ListedPage[],
  previous: PreviousSite | null,
  visit: PoliteVisit,
  options: HarvestOptions,
): Promise<PageHarvest> {
  const { details, maxPages, until } = options;
  const harvest = new Harvest(previous, visit, options);
  const maxBytes = details.perNight.megabytes * 1024 ** 2;
  for (const page of duePages(listed, previous, options)) {
    const left = until - performance.now();
    if (harvest.requests >= maxPages || visit.bytes >= maxBytes || harvest.failuresInRow >= maxFailuresInRow || left <= 0) break;
    await harvest.request(page, left);
  }
  return harvest;
}

/** Returns the pages to request, the most urgent first. */
function duePages(
  listed: readonly ListedPage[],
  previous: Pick<PreviousSite, "has" | "checked" | "failed"> | null,
  { details, now }: Pick<HarvestOptions, "details" | "now">,
): ListedPage[] {
  const dueBefore = now.getTime() - details.recheckDays * dayMs + slackMs;
  const ranked = listed.flatMap((page) => {
    const { href } = page.url;
    const checked = previous?.checked.get(href);
    if (previous === null || !previous.has(href)) return [{ page, rank: previous?.failed.has(href) ? 1 : 0, at: 0 }];
    if (checked === undefined || previous.failed.has(href)) return [{ page, rank: 1, at: 0 }];
    if ((checked.changed ?? null) !== page.changed) return [{ page, rank: 2, at: 0 }];
    const at = Date.parse(checked.at);
    return at <= dueBefore ? [{ page, rank: 3, at }] : [];
  });
  return ranked.sort((a, b) => a.rank - b.rank || a.at - b.at).map(({ page }) => page);
}

class Harvest implements PageHarvest {
  readonly fetched = new Map<string, FetchedPage>();
  readonly failed = new Map<string, FailedPage>();
  readonly checked = new Map<string, CheckedPage>();
  requests = 0;
  failuresInRow = 0;

  constructor(
    private readonly previous: PreviousSite | null,
    private readonly visit: PoliteVisit,
    private readonly options: HarvestOptions,
  ) {}

  /** Requests a page, unless the pause before it is longer than the time left. */
  async request(page: ListedPage, leftMs: number): Promise<void> {
    const { href } = page.url;
    try {
      const refusal = await this.#refusalOf(page.url);
      if (refusal !== null) {
        this.failed.set(href, { url: href, code: refusal });
        return;
      }
      if ((await this.visit.pauseMs(page.url)) > leftMs) return;
      this.requests++;
      await this.#fetch(page);
      this.failuresInRow = 0;
    } catch (error) {
      this.#fail(href, error);
    }
    this.options.onProgress();
  }

  async #refusalOf(url: URL): Promise<"elsewhere" | "robots" | null> {
    const { details, listHost } = this.options;
    const bare = (host: string) => host.replace(/^www\./, "");
    const isOurs = bare(url.host) === bare(listHost) || details.hosts.some((host) => host === url.host || host === url.hostname);
    if (!isOurs) return "elsewhere";
    return (await this.visit.mayRequest(url)) ? null : "robots";
  }

  async #fetch({ url, changed }: ListedPage): Promise<void> {
    const { href } = url;
    const known = this.previous?.has(href) ? this.previous.checked.get(href) : undefined;
    const validators = known === undefined ? undefined : { etag: known.etag, lastModified: known.modified };
    const { part, etag, lastModified, answeredBy } = await this.visit.page(url, `page-${this.requests}`, validators);
    const at = { url: href, at: this.options.now.toISOString(), ...(changed !== null && { changed }) };
    if (part === null) {
      // A 304 answer may omit the validators. They have not changed.
      this.checked.set(href, { ...at, etag: known?.etag ?? null, modified: known?.modified ?? null });
      return;
    }
    if (!isPage(part.contentType)) {
      this.failed.set(href, { url: href, code: "no-page" });
      return;
    }
    const head = { url: href, ...(answeredBy !== href && { from: answeredBy }), type: part.contentType };
    this.fetched.set(href, { path: part.path, head });
    const isExpected = await this.options.isExpected({ ...head, ...archivedBytes(await readFile(part.path)) });
    if (isExpected) this.checked.set(href, { ...at, etag, modified: lastModified });
  }

  #fail(url: string, error: unknown): void {
    const isOfPage = error instanceof FeedUnreachable || error instanceof FeedRefused || error instanceof FeedUnreadable;
    if (!isOfPage) throw error;
    // A page that is refused says nothing about the others.
    this.failuresInRow = error instanceof FeedUnreachable ? this.failuresInRow + 1 : 0;
    const { status } = error.params;
    this.failed.set(url, { url, code: error.code, ...(typeof status === "number" && { status }) });
  }
}

/** Returns true unless the server sends another kind of file: a document, an image, an archive. */
function isPage(contentType: string | null): boolean {
  return contentType === null || /^\s*(?:text\/|application\/(?:xhtml\+xml|xml|json|ld\+json))/i.test(contentType);
}
