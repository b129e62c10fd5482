import { join } from "node:path";
import { RunFailed } from "../../model/run/run-error.ts";
import type { HttpClient } from "../../platform/http-client.ts";
import { askToken } from "./ask-token.ts";
import { authorise } from "./authorise.ts";
import { type DownloadAsk, type Downloaded, downloadPart } from "./download-part.ts";
import type { FeedAddress } from "./feed-address.ts";
import type { FetchedPart, FetchRequest, Validators } from "./fetched-feed.ts";
import type { RequestBody } from "./request-body.ts";
import { bytesOfMegabyte, type SizeLimit } from "./size-limit.ts";
import { type Patience, withRetries } from "./with-retries.ts";

const defaultTimeoutSeconds = 120;
const defaultMaxMegabytes = 512;
const tokenSeconds = 30;
/** A page is held in memory to find the next one. */
const pageMegabytes = 64;

/** Downloads of one feed. They share its size limit, timeout, token and retries. Requests with a body are sent by POST. */
export interface FeedDownloads {
  /** Downloads the whole feed in one answer. The request is conditional if there are validators and no body. */
  whole(validators: Validators | undefined, body?: RequestBody): Promise<Downloaded>;
  /** Downloads a page by number, from 1. Secrets are sent only to the feed's own origin. */
  page(url: URL, page: number, body?: RequestBody): Promise<FetchedPart>;
}

/** Returns the downloads of a feed. They throw the errors of `downloadPart` and `requestToken`, after retries. */
export function feedDownloads(request: FetchRequest, address: FeedAddress, client: HttpClient, around: Patience): FeedDownloads {
  const { timeoutSeconds = defaultTimeoutSeconds, maxMegabytes = defaultMaxMegabytes } = request.connector.feed;
  const { signal } = request;
  const again = <T>(attempt: () => Promise<T>) => withRetries(attempt, around, signal);
  const tokenMs = 1000 * Math.min(tokenSeconds, timeoutSeconds);
  const authorised = authorise(address, (token) => again(() => askToken(client, token, tokenMs, signal)), around, signal);
  let receivedBefore = 0;

  const download = (url: URL, number: number, limit: SizeLimit, more: Pick<DownloadAsk, "body" | "validators">): Promise<Downloaded> => {
    const ask = (secretHeaders: Readonly<Record<string, string>>) =>
      again(() =>
        downloadPart(client, {
          url,
          headers: address.headers,
          secretHeaders,
          ...more,
          path: join(request.spoolFolder, `part-${number}`),
          limit,
          timeoutMs: timeoutSeconds * 1000,
          signal,
          onProgress: (bytes) => request.onProgress?.(receivedBefore + bytes),
        }),
      );
    return url.origin === address.url.origin ? authorised(ask) : ask({});
  };

  return {
    whole: (validators, body) => {
      const limit = { bytes: maxMegabytes * bytesOfMegabyte, megabytes: maxMegabytes };
      return download(address.url, 1, limit, { ...(validators && { validators }), ...(body && { body }) });
    },
    page: async (url, number, body) => {
      const left = maxMegabytes * bytesOfMegabyte - receivedBefore;
      const ofPage = pageMegabytes * bytesOfMegabyte;
      const limit = left < ofPage ? { bytes: left, megabytes: maxMegabytes } : { bytes: ofPage, megabytes: pageMegabytes };
      const { part } = await download(url, number, limit, body === undefined ? {} : { body });
      if (part === null) throw new RunFailed("internal", { reason: "a page was asked with validators" });
      receivedBefore += part.bytes;
      return part;
    },
  };
}
