import { FeedUnreachable, type RunError, RunHandedBack } from "../../model/run/run-error.ts";

/** Maximum number of tries of a run. */
export const maxTries = 5;
/** Maximum number of tries after a failure. More tries in one night do not help. */
const maxFailedTries = 3;
/** If a server asks for a longer pause, the run waits for the next night. */
export const maxPauseSeconds = 3 * 3600;

/**
 * Returns the seconds until the next try, or null for no further try. Each pause is twice the last one, changed by up to half at random
 * (`random`: 0 to 1), so that runs that failed together do not retry together. Respects Retry-After.
 */
export function nextTry(
  error: RunError,
  tried: number,
  retrySeconds: number,
  random: () => number = Math.random,
): { readonly afterSeconds: number; readonly countsAsTry: boolean } | null {
  if (error instanceof RunHandedBack) return { afterSeconds: 0, countsAsTry: false };
  if (!error.canRetry || tried >= maxFailedTries) return null;
  const pause = retrySeconds * 2 ** (tried - 1) * (0.5 + random());
  const asked = error instanceof FeedUnreachable ? (error.retryAfterSeconds ?? 0) : 0;
  if (asked > maxPauseSeconds) return null;
  return { afterSeconds: Math.max(pause, asked), countsAsTry: true };
}
