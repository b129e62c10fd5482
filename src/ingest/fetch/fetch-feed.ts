import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import type { LookupFunction } from "node:net";
import { basename, join, resolve } from "node:path";
import { budgetOf } from "../../kit/budget.ts";
import type { Dataset, Paging } from "../../kit/feed.ts";
import { RunError, RunFailed } from "../../model/run/run-error.ts";
import { type HttpClient, type HttpClientOptions, openHttpClient } from "../../platform/http-client.ts";
import { openFile } from "../../platform/open-file.ts";
import { shownAddress } from "../../platform/shown-address.ts";
import { findDatasetFile } from "./dataset-file.ts";
import { type FeedAddress, feedAddress } from "./feed-address.ts";
import { feedDownloads } from "./feed-downloads.ts";
import { wholeQuery } from "./feed-query.ts";
import { type FetchedFeed, type FetchedPart, type FetchRequest, feedOf } from "./fetched-feed.ts";
import { readTls } from "./read-tls.ts";
import { writeRequestBody } from "./request-body.ts";
import { type Spooled, spool } from "./spool.ts";
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

/**
 * Returns a local file as a feed. Copies a pipe (`<(curl …)`) to the spool folder, because it cannot be read twice. Applies no size limit,
 * because a person chose the file. Throws `RunFailed` if the file cannot be read.
 */
async function filePart(
  file: string,
  spoolFolder: FetchRequest["spoolFolder"],
  onProgress: (bytes: number, total: number | null) => void,
): Promise<FetchedPart> {
  const given = resolve(file);
  try {
    const name = basename(given);
    const status = await stat(given);
    if (status.isFile()) return part(name, given, await hashFile(given, (bytes) => onProgress(bytes, status.size)));
    const copy = join(await spoolFolder(), "part-1");
    return part(name, copy, await spool(copy, openFile(given), (bytes) => onProgress(bytes, null)));
  } catch (error) {
    if (error instanceof RunError) throw error;
    throw new RunFailed("internal", { reason: `${file} cannot be read` }, { cause: error });
  }
}

async function hashFile(path: string, onProgress: (bytes: number) => void): Promise<Spooled> {
  const digest = createHash("sha256");
  let bytes = 0;
  for await (const chunk of openFile(path) as AsyncIterable<Uint8Array>) {
    digest.update(chunk);
    bytes += chunk.length;
    onProgress(bytes);
  }
  return { bytes, sha256: digest.digest("hex") };
}

function part(name: string, path: string, { bytes, sha256 }: Spooled): FetchedPart {
  return { name, contentType: null, bytes, path, sha256, open: () => openFile(path) };
}
