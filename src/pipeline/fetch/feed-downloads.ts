import { join } from "node:path";
import { RunFailed } from "../../aid/run-error.ts";
import type { HttpClient } from "../../platform/http-client.ts";
import { type Downloaded, downloadPart } from "./download-part.ts";
import type { FeedAddress } from "./feed-address.ts";
import type { FetchedPart, FetchRequest, Validators } from "./fetched-feed.ts";
import { bytesOfMegabyte, type SizeLimit } from "./size-limit.ts";
import { type Patience, withRetries } from "./with-retries.ts";

const defaultTimeoutSeconds = 120;
const defaultMaxMegabytes = 512;
/** A page is read whole to see where the next one is. */
const pageMegabytes = 64;

/** Downloads of one feed, which share its limit of size, its time limit and its retries. */
export interface FeedDownloads {
  /** The whole feed in one answer; asked conditionally where there are validators. */
  whole(validators: Validators | undefined): Promise<Downloaded>;
  /** One page, from 1. Secrets go to the feed's own origin only. */
  page(url: URL, page: number): Promise<FetchedPart>;
}

/** Makes them. Errors are those of `downloadPart`, after retries. */
export function feedDownloads(request: FetchRequest, address: FeedAddress, client: HttpClient, around: Patience): FeedDownloads {
  const { timeoutSeconds = defaultTimeoutSeconds, maxMegabytes = defaultMaxMegabytes } = request.connector.feed;
  let receivedBefore = 0;

  const download = (url: URL, number: number, limit: SizeLimit, validators?: Validators): Promise<Downloaded> =>
    withRetries(
      () =>
        downloadPart(client, {
          url,
          headers: address.headers,
          secretHeaders: url.origin === address.url.origin ? address.secretHeaders : {},
          ...(validators === undefined ? {} : { validators }),
          path: join(request.spoolFolder, `part-${number}`),
          limit,
          timeoutMs: timeoutSeconds * 1000,
          signal: request.signal,
          onProgress: (bytes) => request.onProgress?.(receivedBefore + bytes),
        }),
      around,
      request.signal,
    );

  return {
    whole: (validators) => download(address.url, 1, { bytes: maxMegabytes * bytesOfMegabyte, megabytes: maxMegabytes }, validators),
    page: async (url, number) => {
      const left = maxMegabytes * bytesOfMegabyte - receivedBefore;
      const ofPage = pageMegabytes * bytesOfMegabyte;
      const limit = left < ofPage ? { bytes: left, megabytes: maxMegabytes } : { bytes: ofPage, megabytes: pageMegabytes };
      const { part } = await download(url, number, limit);
      if (part === null) throw new RunFailed("internal", { reason: "a page was asked with validators" });
      receivedBefore += part.bytes;
      return part;
    },
  };
}
