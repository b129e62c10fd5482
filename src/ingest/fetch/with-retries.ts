import { FeedUnreachable } from "../../model/run/run-error.ts";

/** How to wait; tests replace it. */
export interface RetryTiming {
  wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void>;
  /** 0 to 1. */
  random(): number;
}

const maxAttempts = 3;
const firstDelayMs = 1000;
const maxDelayMs = 30_000;
/** If the server requests a longer wait, the run ends and the queue retries it later. */
const maxRetryAfterSeconds = 60;

/**
 * Attempts up to three times, with exponential backoff and full jitter, and never sooner than the server requested. Retries only
 * `FeedUnreachable`. Throws the last error.
 */
export async function withRetries<T>(attempt: () => Promise<T>, timing: RetryTiming, signal: AbortSignal | undefined): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      const delay = delayAfter(error, tried, timing);
      if (delay === null) throw error;
      await timing.wait(delay, signal);
    }
  }
}

/** Returns the delay in milliseconds, or null to give up. A certificate error does not go away in seconds. */
function delayAfter(error: unknown, tried: number, timing: RetryTiming): number | null {
  if (!(error instanceof FeedUnreachable) || error.code === "tls-failed" || tried >= maxAttempts) return null;
  const requested = error.retryAfterSeconds ?? 0;
  if (requested > maxRetryAfterSeconds) return null;
  return Math.max(requested * 1000, backoffDelay(tried, timing));
}

/** Returns the delay in milliseconds after this many attempts: exponential backoff with full jitter. */
export function backoffDelay(tried: number, timing: RetryTiming): number {
  return timing.random() * Math.min(maxDelayMs, firstDelayMs * 2 ** (tried - 1));
}
