import type { LookupFunction } from "node:net";
import { budgetOf } from "../../kit/budget.ts";
import type { Dataset, Paging } from "../../kit/feed.ts";
import { type HttpClient, type HttpClientOptions, openHttpClient } from "../../platform/http-client.ts";
import { shownAddress } from "../../platform/shown-address.ts";
import { findDatasetFile } from "./dataset-file.ts";
import { type FeedAddress, feedAddress } from "./feed-address.ts";
import { feedDownloads } from "./feed-downloads.ts";
import { wholeQuery } from "./feed-query.ts";
import { type FetchedFeed, type FetchRequest, feedOf } from "./fetched-feed.ts";
import { filePart } from "./file-part.ts";
import { readTls } from "./read-tls.ts";
import { writeRequestBody } from "./request-body.ts";
import { walkPages } from "./walk-pages.ts";
import { walkSitemaps } from "./walk-sitemaps.ts";
import { type RetryTiming, wait } from "./with-retries.ts";

export type { FetchedFeed, FetchRequest } from "./fetched-feed.ts";

const connectTimeoutMs = 10_000;

/** Timing, resolver and trusted certificates (PEM). Tests replace them. */
export interface FetchDependencies extends RetryTiming {
  readonly resolve?: LookupFunction;
  readonly ca?: string;
}

const defaultDependencies: FetchDependencies = { wait, random: Math.random };

/**
 * Fetches a feed: a local file, one answer, all pages, or a file of a portal's dataset. Does not unpack archives. Throws `FeedUnreachable`,
 * `FeedRefused`, `FeedUnreadable`, `RunOverBudget`, `RunFailed`, or the reason of `signal`.
 */
export async function fetchFeed(request: FetchRequest, dependencies: FetchDependencies = defaultDependencies): Promise<FetchedFeed> {
  request.signal?.throwIfAborted();
  if (request.file !== undefined) {
    return feedOf([await filePart(request.file, request.spoolFolder, (bytes, total) => request.onProgress?.(bytes, total))]);
  }
  const address = feedAddress(request);
  const { paging } = request.connector.feed;
  const tls = await readTls(request, address, dependencies.ca);
  const client = openFeedClient(request, {
    ...(dependencies.resolve === undefined ? {} : { resolve: dependencies.resolve }),
    ...(tls === undefined ? {} : { tls }),
  });
  try {
    if (address.dataset !== null) return await fetchDataset(request, address.dataset, address, client, dependencies);
    if (paging !== undefined && request.url === undefined) return await fetchPages(request, paging, address, client, dependencies);
    return await fetchWhole(request, address, client, dependencies);
  } finally {
    await client.close();
  }
}

/** Opens a client that reaches public addresses and the hosts that the connector or the operator allows. */
export function openFeedClient(
  { connector, allowHosts }: Pick<FetchRequest, "connector" | "allowHosts">,
  options: Pick<HttpClientOptions, "resolve" | "tls"> = {},
): HttpClient {
  return openHttpClient({ allowHosts: [...(connector.feed.allowHosts ?? []), ...allowHosts], connectTimeoutMs, ...options });
}

async function fetchWhole(request: FetchRequest, address: FeedAddress, client: HttpClient, timing: RetryTiming): Promise<FetchedFeed> {
  const { connector, validators } = request;
  const shown = shownAddress(address.url);
  const usable = request.url === undefined && (validators?.url ?? shown) === shown ? validators : undefined;
  const { body, facets } = wholeQuery(address.url, connector.feed);
  const downloads = feedDownloads(request, address, client, timing);
  const { part, etag, lastModified } = await downloads.whole(usable, body && writeRequestBody(body, {}, facets));
  return { ...feedOf(part === null ? [] : [part]), notModified: part === null, etag, lastModified };
}

/** Asks the portal for the address of the file and fetches the file. Sends the secrets only if the file has the portal's origin. */
async function fetchDataset(
  request: FetchRequest,
  dataset: Dataset,
  address: FeedAddress,
  client: HttpClient,
  timing: RetryTiming,
): Promise<FetchedFeed> {
  const answer = await feedDownloads(request, address, client, timing).page(address.url, 1);
  const file = await findDatasetFile(dataset, address.url, answer);
  const secrets = file.url.origin === address.url.origin ? {} : { secretHeaders: {}, token: null };
  const feed = await fetchWhole(request, { ...address, ...secrets, url: file.url }, client, timing);
  return { ...feed, dataset: file.dataset };
}

async function fetchPages(
  request: FetchRequest,
  paging: Paging,
  address: FeedAddress,
  client: HttpClient,
  timing: RetryTiming,
): Promise<FetchedFeed> {
  const { page } = feedDownloads(request, address, client, timing);
  const { parts, announcedTotal, stoppedEarly } =
    paging.kind === "sitemaps"
      ? await walkSitemaps(address.url, page, { only: paging.only, maxSitemaps: budgetOf(request.connector).pages })
      : await walkPages(request.connector, paging, address.url, page);
  return { ...feedOf(parts), announcedTotal, stoppedEarly };
}
