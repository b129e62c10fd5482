import { type JobSettings, readJobSettings } from "../jobs/job-settings.ts";
import { openRunQueue } from "../jobs/queue/open-run-queue.ts";
import type { RunQueue } from "../jobs/queue/run-queue.ts";
import { inTime } from "../platform/in-time.ts";
import type { CommandContext } from "./context.ts";

const maxCloseMs = 3000;

/** Opens the run queue during `work`. Throws `WrongSettings`, `QueueRefused`. */
export async function withQueue<T>({ config }: CommandContext, work: (queue: RunQueue, settings: JobSettings) => Promise<T>): Promise<T> {
  const settings = readJobSettings(config.environment);
  const queue = await openRunQueue(config, settings);
  try {
    return await work(queue, settings);
  } finally {
    // A server that is down never answers.
    await inTime(queue.close(), maxCloseMs, () => undefined);
  }
}
