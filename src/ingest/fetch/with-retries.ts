import { setTimeout as delayed } from "node:timers/promises";
import { FeedUnreachable } from "../../model/run/run-error.ts";

/** Waiting and randomness. Tests replace them. */
export interface RetryTiming {
  wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void>;
  /** Returns a number from 0 to 1. */
  random(): number;
}

const maxAttempts = 3;
const firstDelayMs = 1000;
const maxDelayMs = 30_000;
/** If the server requests a longer wait, the run ends, and the queue retries it later. */
const maxRetryAfterSeconds = 60;

/**
 * Calls `attempt` up to three times. Retries only `FeedUnreachable`, with exponential backoff and full jitter, but not sooner than the
 * server requested. Throws the last error.
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

/** Returns the delay in milliseconds, or null for no retry. A certificate error is not retried, because it lasts longer than seconds. */
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

/** Waits, or throws the reason of `signal`. */
export async function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delayed(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
