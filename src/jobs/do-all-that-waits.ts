import { setTimeout as delay } from "node:timers/promises";
import { duties } from "./duties.ts";
import type { JobServices } from "./job-services.ts";
import { startWorker, type WorkerWatcher } from "./worker.ts";

const lookEveryMs = 200;

/** `worker --once`: asks for what is due, does what can be done now, performs the duties, and ends. What has to wait for a later moment stays in the catalogue. */
export async function doAllThatWaits(jobs: JobServices, watcher: WorkerWatcher): Promise<void> {
  let looked = false;
  const worker = startWorker(jobs, duties, {
    ...watcher,
    onLook: (found) => {
      looked = true;
      watcher.onLook?.(found);
    },
  });
  const { runs, runQueue, pauses } = jobs.services.catalogue;
  for (;;) {
    await delay(lookEveryMs);
    if (!looked) continue;
    const goingOn = (await runs.open()).some(({ state }) => state === "running");
    const waiting = (await runQueue.waiting()).filter(({ seconds }) => seconds === 0);
    const isPaused = (await pauses.list()).some(({ connector }) => connector === "*");
    if (!goingOn && (waiting.length === 0 || isPaused)) break;
  }
  await worker.stop();
}
