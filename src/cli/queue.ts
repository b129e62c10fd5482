import { type JobSettings, readJobSettings } from "../jobs/job-settings.ts";
import { openRunQueue } from "../jobs/queue/open-run-queue.ts";
import type { RunQueue } from "../jobs/queue/run-queue.ts";
import type { CommandContext } from "./context.ts";

/** Opens the run queue during `work`. Throws `WrongSettings`, `QueueRefused`. */
export async function withQueue<T>({ config }: CommandContext, work: (queue: RunQueue, settings: JobSettings) => Promise<T>): Promise<T> {
  const settings = readJobSettings(config.environment);
  const queue = await openRunQueue(config, settings);
  try {
    return await work(queue, settings);
  } finally {
    await closeInTime(queue);
  }
}

const maxCloseMs = 3000;

/** Closes the queue, but does not wait long for a server that is down. */
async function closeInTime(queue: RunQueue): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, maxCloseMs);
  });
  await Promise.race([queue.close(), late]).finally(() => clearTimeout(timer));
}
