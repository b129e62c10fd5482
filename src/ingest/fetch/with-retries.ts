import { FeedUnreachable } from "../../model/run/run-error.ts";

/** How waiting is done; tests do not wait. */
export interface Patience {
  wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void>;
  /** 0 to 1. */
  random(): number;
}

const mostAttempts = 3;
const firstDelayMs = 1000;
const longestDelayMs = 30_000;
/** A server that asks for more is left alone: the run ends, and the queue comes back later. */
const longestRetryAfterSeconds = 60;

/**
 * Tries up to three times what may succeed when tried again, with exponential backoff and full jitter, never sooner than the server asked.
 * Throws the last error.
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

/** Milliseconds to wait, null: give up. A certificate does not mend itself in seconds. */
function delayAfter(error: unknown, tried: number, patience: Patience): number | null {
  if (!(error instanceof FeedUnreachable) || error.code === "tls-failed" || tried >= mostAttempts) return null;
  const asked = error.retryAfterSeconds ?? 0;
  if (asked > longestRetryAfterSeconds) return null;
  return Math.max(asked * 1000, pauseBefore(tried, patience));
}

/** Milliseconds before the next try after so many, from 1: twice as long each time, full jitter. */
export function pauseBefore(tried: number, patience: Patience): number {
  return patience.random() * Math.min(longestDelayMs, firstDelayMs * 2 ** (tried - 1));
}
