import { setTimeout as delay } from "node:timers/promises";
import type { QueuedRun } from "../../catalogue/runs/run-queue-repository.ts";
import { everything } from "../../catalogue/runs/schedule-repository.ts";
import type { JobServices } from "../job-services.ts";
import { bySchedule } from "../queue/request-run.ts";
import { periodicTasks } from "../tasks/periodic-tasks.ts";
import type { RunExecutor } from "./execute-run.ts";
import { startWorker, type WorkerWatcher } from "./worker.ts";

const lookEveryMs = 200;

/**
 * Implements `worker --once`: requests due runs, executes the runs that can start now, performs the periodic tasks, and ends. Later runs stay in
 * the catalogue.
 */
export async function workOnce(jobs: JobServices, watcher: WorkerWatcher, executor?: RunExecutor): Promise<void> {
  let looked = false;
  const onLook: WorkerWatcher["onLook"] = (found) => {
    looked = true;
    watcher.onLook?.(found);
  };
  const worker = startWorker(jobs, periodicTasks, { ...watcher, onLook }, executor);
  const { runs, runQueue, schedule } = jobs.services.catalogue;
  for (;;) {
    await delay(lookEveryMs);
    if (!looked) continue;
    const goingOn = (await runs.open()).some(({ state }) => state === "running");
    const paused = new Set((await schedule.pauses()).map(({ connector }) => connector));
    const canBegin = (run: QueuedRun) => !paused.has(everything) && !(paused.has(run.connector) && run.askedBy === bySchedule);
    const waiting = (await runQueue.waiting()).filter((run) => run.seconds === 0 && canBegin(run));
    if (!goingOn && waiting.length === 0) break;
  }
  await worker.stop();
}
