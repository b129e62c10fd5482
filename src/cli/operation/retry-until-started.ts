import { setTimeout as delay } from "node:timers/promises";
import { QueueUnreachable } from "../../jobs/queue/queue-refused.ts";
import { RunFailed } from "../../model/run/run-error.ts";
import type { CommandContext } from "../context.ts";
import { runErrorMessage } from "../english/runs.ts";

const maxRetryMs = 60_000;
const retryDelayMs = 2000;

/**
 * Starts a process that runs for long, and retries while the database or the queue does not answer or has no free connection, as after a
 * power cut. After `onBegin`, an error ends the process.
 */
export async function retryUntilStarted({ terminal }: CommandContext, begin: (onBegin: () => void) => Promise<void>): Promise<void> {
  const giveUpAt = performance.now() + maxRetryMs;
  for (let hasBegun = false; ; ) {
    try {
      return await begin(() => {
        hasBegun = true;
      });
    } catch (error) {
      const trouble = retryableMessage(error);
      if (hasBegun || trouble === null || performance.now() > giveUpAt) throw error;
      terminal.err(`moisson: ${trouble}; trying again`);
      await delay(retryDelayMs);
    }
  }
}

/** Returns the message of an error that a retry may solve, or null. */
function retryableMessage(error: unknown): string | null {
  if (error instanceof QueueUnreachable) return error.message.replace(/\.$/, "");
  return error instanceof RunFailed && error.code === "storage-failed" ? runErrorMessage(error.code, error.params) : null;
}
