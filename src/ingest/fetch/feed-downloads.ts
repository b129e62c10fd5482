import { join } from "node:path";
import { FeedRefused, RunFailed } from "../../model/run/run-error.ts";
import type { HttpClient } from "../../platform/http-client.ts";
import { type DownloadAsk, type Downloaded, downloadPart } from "./download-part.ts";
import type { FeedAddress } from "./feed-address.ts";
import type { FetchedPart, FetchRequest, Validators } from "./fetched-feed.ts";
import type { RequestBody } from "./request-body.ts";
import { askToken, type Token, type TokenQuestion } from "./request-token.ts";
import { bytesOfMegabyte, type SizeLimit } from "./size-limit.ts";
import { type Patience, pauseBefore, withRetries } from "./with-retries.ts";

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

/** Per answer. Aides-territoires sometimes refuses a valid token. */
const mostRenewals = 2;

/** Calls `ask` with the secret headers for the feed's own origin. */
type Authorised = <T>(ask: (secretHeaders: Readonly<Record<string, string>>) => Promise<T>) => Promise<T>;

/**
 * Returns the authorisation of one fetch. A token is requested before the first request and kept until it expires. If the feed refuses it
 * (401), it is renewed after a pause, at most twice per answer. Throws what `ask` and `getToken` throw.
 */
function authorise(
  { secretHeaders, token }: FeedAddress,
  getToken: (question: TokenQuestion) => Promise<Token>,
  patience: Patience,
  signal: AbortSignal | undefined,
): Authorised {
  if (token === null) return (ask) => ask(secretHeaders);
  let held: Token | null = null;
  return async (ask) => {
    for (let renewals = 0; ; renewals++) {
      if (held === null || held.endsAt <= performance.now()) held = await getToken(token);
      try {
        return await ask({ ...secretHeaders, authorization: `Bearer ${held.value}` });
      } catch (error) {
        if (!isUnauthorised(error) || renewals === mostRenewals) throw error;
        held = null;
        await patience.wait(pauseBefore(renewals + 1, patience), signal);
      }
    }
  };
}

function isUnauthorised(error: unknown): boolean {
  return error instanceof FeedRefused && error.code === "http-refused" && error.params.status === 401;
}
