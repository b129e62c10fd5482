import type { Again } from "../../catalogue/runs/queued-runs.ts";
import { FeedUnreachable, type RunError, RunFailed, RunHandedBack } from "../../model/run/run-error.ts";

/** Maximum number of tries after a failure. More tries in one night do not help. */
const maxFailedTries = 3;
/** If a server asks for a longer pause, the run waits for the next night. */
export const maxPauseSeconds = 3 * 3600;

/** Returns the first pause after a fault of the machine: it may be well again soon. With the usual settings, 15 seconds. */
export function machinePauseOf(retrySeconds: number): number {
  return retrySeconds / 8;
}

/**
 * Returns the next try after an error, or null for none. Each pause is twice the last one, changed by up to half at random (`random`: 0 to
 * 1), so that runs that failed together do not retry together. Respects Retry-After.
 */
export function nextTry(error: RunError, tried: number, retrySeconds: number, random: () => number = Math.random): Again | null {
  if (error instanceof RunHandedBack) return { because: "handed-back", afterSeconds: 0 };
  const cause = error instanceof RunFailed ? error.machineCause : null;
  if (cause !== null) return { because: cause === "worker-lost" ? "lost" : "machine", afterSeconds: machinePauseOf(retrySeconds) };
  if (!error.canRetry || tried >= maxFailedTries) return null;
  const pause = retrySeconds * 2 ** (tried - 1) * (0.5 + random());
  const asked = error instanceof FeedUnreachable ? (error.retryAfterSeconds ?? 0) : 0;
  if (asked > maxPauseSeconds) return null;
  return { because: "failed", afterSeconds: Math.max(pause, asked) };
}
