import { FeedUnreachable, type RunError, RunHandedBack } from "../model/run/run-error.ts";

/** How often a run is tried, whatever went wrong with it. */
export const mostTries = 5;
/** How often where its feed, or we, fail: trying more often in a night helps nobody. */
const mostFailedTries = 3;
/** A server that asks for a longer pause is asked again the next night. */
export const longestPauseSeconds = 3 * 3600;

/**
 * Whether a run is tried again, and after how many seconds: only what its error says may succeed then; each pause twice as long as the one before, with
 * half of it left to chance (`random`: 0 to 1), so that runs that failed together do not come back together; never before the server asked.
 */
export function againAfter(
  error: RunError,
  tried: number,
  retrySeconds: number,
  random: () => number = Math.random,
): { readonly afterSeconds: number; readonly countsAsTry: boolean } | null {
  if (error instanceof RunHandedBack) return { afterSeconds: 0, countsAsTry: false };
  if (!error.canRetry || tried >= mostFailedTries) return null;
  const pause = retrySeconds * 2 ** (tried - 1) * (0.5 + random());
  const asked = error instanceof FeedUnreachable ? (error.retryAfterSeconds ?? 0) : 0;
  if (asked > longestPauseSeconds) return null;
  return { afterSeconds: Math.max(pause, asked), countsAsTry: true };
}
