import { FeedRefused, FeedUnreachable, FeedUnreadable } from "../../model/run/run-error.ts";
import { discard, type HttpAnswer, type HttpClient } from "../../platform/http-client.ts";
import { HttpFailure } from "../../platform/http-failure.ts";
import { retryAfterSeconds } from "../../platform/retry-after.ts";
import { shownAddress } from "../../platform/shown-address.ts";

interface TimedRequest extends Omit<Parameters<HttpClient["ask"]>[0], "signal"> {
  /** Timeout for the whole answer, including redirects and body. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Sends a request and reads its answer with `read`, within the timeout. Throws `FeedUnreachable`, `FeedRefused`, `FeedUnreadable`, or the
 * reason of `signal`. Errors of `read` propagate.
 */
export async function requestOnce<T>(
  client: HttpClient,
  { timeoutMs, signal: outer, ...request }: TimedRequest,
  read: (answer: HttpAnswer) => Promise<T>,
): Promise<T> {
  outer?.throwIfAborted();
  const controller = new AbortController();
  const late = () => new HttpFailure("timed-out", { url: shownAddress(request.url), seconds: timeoutMs / 1000 });
  const timer = setTimeout(() => controller.abort(late()), timeoutMs);
  const cancel = () => controller.abort(outer?.reason);
  outer?.addEventListener("abort", cancel, { once: true });
  try {
    const answer = await client.ask({ ...request, signal: controller.signal });
    try {
      return await read(answer);
    } finally {
      discard(answer.body);
    }
  } catch (error) {
    if (controller.signal.aborted) throw runErrorOf(controller.signal.reason);
    throw runErrorOf(error);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener("abort", cancel);
  }
}

/**
 * Throws `FeedUnreachable` (`server-busy`) with the wait that the server requests, if the status means "later". 202 means that the server
 * is still preparing the answer.
 */
export function checkNotBusy({ status, headers, url }: HttpAnswer): void {
  if (status !== 202 && status !== 408 && status !== 429 && status < 500) return;
  const busy = new FeedUnreachable("server-busy", { status, url: shownAddress(url) });
  busy.retryAfterSeconds = retryAfterSeconds(headers);
  throw busy;
}

/** Returns the run error for an HTTP failure, and any other error unchanged. */
function runErrorOf(error: unknown): unknown {
  if (!(error instanceof HttpFailure)) return error;
  const { kind, params } = error;
  const options = { cause: error };
  switch (kind) {
    case "timed-out":
    case "connection-failed":
    case "tls-failed":
    case "body-cut-short":
      return new FeedUnreachable(kind, params, options);
    case "address-refused":
    case "too-many-redirects":
      return new FeedRefused(kind, params, options);
    case "unknown-encoding":
      return new FeedUnreadable("unsupported-file", { ...params, found: `compressed as ${params.reason}, a way` }, options);
    case "broken-encoding":
      return new FeedUnreadable("malformed", { ...params, at: "its content encoding" }, options);
  }
}
