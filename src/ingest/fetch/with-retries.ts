import { FeedUnreachable } from "../../model/run/run-error.ts";

/** How to wait; tests replace it. */
export interface Patience {
  wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void>;
  /** 0 to 1. */
  random(): number;
}

const mostAttempts = 3;
const firstDelayMs = 1000;
const longestDelayMs = 30_000;
/** If the server requests a longer wait, the run ends and the queue retries it later. */
const longestRetryAfterSeconds = 60;

/**
 * Attempts up to three times, with exponential backoff and full jitter, and never sooner than the server requested. Retries only
 * `FeedUnreachable`. Throws the last error.
 */
export async function withRetries<T>(attempt: () => Promise<T>, patience: Patience, signal: AbortSignal | undefined): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      const delay = delayAfter(error, tried, patience);
      if (delay === null) throw error;
      await patience.wait(delay, signal);
    }
  }
}

/** Returns the delay in milliseconds, or null to give up. A certificate error does not go away in seconds. */
function delayAfter(error: unknown, tried: number, patience: Patience): number | null {
  if (!(error instanceof FeedUnreachable) || error.code === "tls-failed" || tried >= mostAttempts) return null;
  const asked = error.retryAfterSeconds ?? 0;
  if (asked > longestRetryAfterSeconds) return null;
  return Math.max(asked * 1000, pauseBefore(tried, patience));
}

/** Returns the delay in milliseconds after this many attempts: exponential backoff with full jitter. */
export function pauseBefore(tried: number, patience: Patience): number {
  return patience.random() * Math.min(longestDelayMs, firstDelayMs * 2 ** (tried - 1));
}
