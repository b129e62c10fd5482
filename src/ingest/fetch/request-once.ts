import { FeedRefused, FeedUnreachable, FeedUnreadable } from "../../model/run/run-error.ts";
import type { HttpAnswer } from "../../platform/http-client.ts";
import { HttpFailure } from "../../platform/http-failure.ts";
import { retryAfterSeconds } from "../../platform/retry-after.ts";
import { shownAddress } from "../../platform/shown-address.ts";

/**
 * Runs work with a time limit. Aborts its signal after `milliseconds` or when `outer` aborts, and then throws `late()` or the reason of
 * `outer`, whatever the work threw.
 */
export async function withinDeadline<T>(
  milliseconds: number,
  outer: AbortSignal | undefined,
  late: () => Error,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer?.throwIfAborted();
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(late()), milliseconds);
  const cancel = () => controller.abort(outer?.reason);
  outer?.addEventListener("abort", cancel, { once: true });
  try {
    return await work(controller.signal);
  } catch (error) {
    controller.signal.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener("abort", cancel);
  }
}

/**
 * Throws `FeedUnreachable` (`server-busy`, with the requested wait) for a status that means "later". 202: the answer is still being
 * prepared.
 */
export function checkNotBusy({ status, headers, url }: HttpAnswer): void {
  if (status !== 202 && status !== 408 && status !== 429 && status < 500) return;
  const busy = new FeedUnreachable("server-busy", { status, url: shownAddress(url) });
  busy.retryAfterSeconds = retryAfterSeconds(headers);
  throw busy;
}

/** Returns the run error for an HTTP failure (contracts.md, Running), and any other error unchanged. */
export function runErrorOf(error: unknown): unknown {
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
