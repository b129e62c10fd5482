import type { LookupFunction } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { type HttpClient, openHttpClient } from "../../platform/http-client.ts";
import { type FeedAddress, feedAddress } from "./feed-address.ts";
import { feedDownloads } from "./feed-downloads.ts";
import { type FetchedFeed, type FetchRequest, feedOf } from "./fetched-feed.ts";
import { filePart } from "./file-part.ts";
import type { Paging } from "./page-addresses.ts";
import { walkPages } from "./walk-pages.ts";
import type { Patience } from "./with-retries.ts";

export type { FetchedFeed, FetchRequest } from "./fetched-feed.ts";

const connectTimeoutMs = 10_000;

/** The world around fetch, where tests put another: patience, resolver, trusted certificates (PEM). */
export interface FetchSurroundings extends Patience {
  readonly resolve?: LookupFunction;
  readonly ca?: string;
}

const realSurroundings: FetchSurroundings = { wait, random: Math.random };

/**
 * Fetches a feed: a file, one answer, or all its pages. Nothing is unpacked, nothing is read but the way from page to page.
 * Throws `FeedUnreachable`, `FeedRefused`, `FeedUnreadable`, `RunFailed` (contracts.md, Running) or, where `signal` is aborted, its reason.
 */
export async function fetchFeed(request: FetchRequest, around: FetchSurroundings = realSurroundings): Promise<FetchedFeed> {
  request.signal?.throwIfAborted();
  if (request.file !== undefined) {
    return feedOf([await filePart(request.file, request.spoolFolder, (bytes) => request.onProgress?.(bytes))]);
  }
  const address = feedAddress(request);
  const { paging, allowHosts = [] } = request.connector.feed;
  const client = openHttpClient({
    allowHosts: [...allowHosts, ...request.allowHosts],
    connectTimeoutMs,
    ...(around.resolve === undefined ? {} : { resolve: around.resolve }),
    ...(around.ca === undefined ? {} : { ca: around.ca }),
  });
  try {
    if (paging !== undefined && request.url === undefined) return await fetchPages(request, paging, address, client, around);
    return await fetchWhole(request, address, client, around);
  } finally {
    await client.close();
  }
}

async function fetchWhole(request: FetchRequest, address: FeedAddress, client: HttpClient, around: Patience): Promise<FetchedFeed> {
  const downloads = feedDownloads(request, address, client, around);
  const { part, etag, lastModified } = await downloads.whole(request.url === undefined ? request.validators : undefined);
  return { ...feedOf(part === null ? [] : [part]), notModified: part === null, etag, lastModified };
}

async function fetchPages(
  request: FetchRequest,
  paging: Paging,
  address: FeedAddress,
  client: HttpClient,
  around: Patience,
): Promise<FetchedFeed> {
  const downloads = feedDownloads(request, address, client, around);
  const { parts, announcedTotal, stoppedEarly } = await walkPages(request.connector, paging, address.url, downloads.page);
  return { ...feedOf(parts), announcedTotal, stoppedEarly };
}

async function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
