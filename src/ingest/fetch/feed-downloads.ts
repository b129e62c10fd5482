import { join } from "node:path";
import { budgetOf } from "../../kit/budget.ts";
import { bytesPerMegabyte } from "../../model/run/run-budget.ts";
import { FeedRefused, RunFailed } from "../../model/run/run-error.ts";
import type { HttpClient } from "../../platform/http-client.ts";
import { shownAddress } from "../../platform/shown-address.ts";
import { type Downloaded, type DownloadRequest, downloadPart } from "./download-part.ts";
import type { FeedAddress } from "./feed-address.ts";
import type { FetchedPart, FetchRequest, Validators } from "./fetched-feed.ts";
import type { RequestBody } from "./request-body.ts";
import { requestToken, type Token, type TokenRequest } from "./request-token.ts";
import type { SizeLimit } from "./size-limit.ts";
import { backoffDelay, type RetryTiming, withRetries } from "./with-retries.ts";

const defaultTimeoutSeconds = 120;
const maxTokenSeconds = 30;
/** Maximum size of a page, which is read into memory to find the next page. */
const pageMegabytes = 64;

/** Downloads the parts of one feed, with one size limit and one token. Requests with a body are sent by POST. */
export interface FeedDownloads {
  /** Downloads a feed of one part. The request is conditional if it has validators and no body. */
  whole(validators: Validators | undefined, body?: RequestBody): Promise<Downloaded>;
  /** Downloads a page by number, from 1. Secrets are sent only to the feed's own origin. */
  page(url: URL, page: number, body?: RequestBody): Promise<FetchedPart>;
}

/** Returns the downloads of a feed. They throw the errors of `downloadPart` and `requestToken`, after retries. */
export function feedDownloads(request: FetchRequest, address: FeedAddress, client: HttpClient, timing: RetryTiming): FeedDownloads {
  const { timeoutSeconds = defaultTimeoutSeconds } = request.connector.feed;
  const megabytes = budgetOf(request.connector).downloadMegabytes;
  const { signal } = request;
  const retried = <T>(attempt: () => Promise<T>) => withRetries(attempt, timing, signal);
  const tokenMs = 1000 * Math.min(maxTokenSeconds, timeoutSeconds);
  const authorised = authorise(address, (token) => retried(() => requestToken(client, token, tokenMs, signal)), timing, signal);
  let receivedBefore = 0;

  const download = (
    url: URL,
    number: number,
    limit: SizeLimit,
    more: Pick<DownloadRequest, "body" | "validators">,
    isWhole = false,
  ): Promise<Downloaded> => {
    const ask = (secretHeaders: Readonly<Record<string, string>>) =>
      retried(() =>
        downloadPart(client, {
          url,
          headers: address.headers,
          secretHeaders,
          ...more,
          path: async () => join(await request.spoolFolder(), `part-${number}`),
          limit,
          timeoutMs: timeoutSeconds * 1000,
          signal,
          // The total size of a paged feed is unknown.
          onProgress: (bytes, total) => request.onProgress?.(receivedBefore + bytes, isWhole ? total : null),
        }),
      );
    return url.origin === address.url.origin ? authorised(ask) : ask({});
  };

  return {
    whole: (validators, body) => {
      const limit = { bytes: megabytes * bytesPerMegabyte, megabytes, isOfPage: false };
      return download(address.url, 1, limit, { ...(validators && { validators }), ...(body && { body }) }, true);
    },
    page: async (url, number, body) => {
      if (number > 1 && request.pauseMs !== undefined) await timing.wait(request.pauseMs, signal);
      const left = megabytes * bytesPerMegabyte - receivedBefore;
      const ofPage = pageMegabytes * bytesPerMegabyte;
      const limit =
        left < ofPage ? { bytes: left, megabytes, isOfPage: false } : { bytes: ofPage, megabytes: pageMegabytes, isOfPage: true };
      const known = body === undefined ? request.knownPage?.(shownAddress(url)) : undefined;
      const downloaded = await download(url, number, limit, { ...(body && { body }), ...(known && { validators: known.validators }) });
      const part = downloaded.part ?? known?.part;
      if (part === undefined) throw new RunFailed("internal", { reason: "a page was requested with validators" });
      receivedBefore += part.bytes;
      return part;
    },
  };
}

/** Maximum number of new tokens per answer. Aides-territoires sometimes refuses a valid token. */
const maxRenewals = 2;

/** Calls `ask` with the secret headers. */
type Authorised = <T>(ask: (secretHeaders: Readonly<Record<string, string>>) => Promise<T>) => Promise<T>;

/**
 * Returns a function that adds the secret headers to the requests of one fetch. Requests a token before the first request and reuses it
 * until it expires. If the server refuses the token (401), requests a new one after a pause, at most twice per answer. Errors of `ask` and
 * `getToken` propagate.
 */
function authorise(
  { secretHeaders, token }: FeedAddress,
  getToken: (request: TokenRequest) => Promise<Token>,
  timing: RetryTiming,
  signal: AbortSignal | undefined,
): Authorised {
  if (token === null) return (ask) => ask(secretHeaders);
  let current: Token | null = null;
  return async (ask) => {
    for (let renewals = 0; ; renewals++) {
      if (current === null || current.endsAt <= performance.now()) current = await getToken(token);
      try {
        return await ask({ ...secretHeaders, authorization: `Bearer ${current.value}` });
      } catch (error) {
        if (!isUnauthorised(error) || renewals === maxRenewals) throw error;
        current = null;
        await timing.wait(backoffDelay(renewals + 1, timing), signal);
      }
    }
  };
}

function isUnauthorised(error: unknown): boolean {
  return error instanceof FeedRefused && error.code === "http-refused" && error.params.status === 401;
}
