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
 * the catalogue, and all if the worker may take none (see `SelfTest`).
 */
export async function workOnce(jobs: JobServices, watcher: WorkerWatcher, executor?: RunExecutor): Promise<void> {
  let requested = false;
  const onSchedule: WorkerWatcher["onSchedule"] = (asked) => {
    requested = true;
    watcher.onSchedule?.(asked);
  };
  const worker = startWorker(jobs, periodicTasks, { ...watcher, onSchedule }, executor);
  const { runs, runQueue, schedule } = jobs.services.catalogue;
  for (;;) {
    await delay(lookEveryMs);
    if (!requested) continue;
    const goingOn = (await runs.open()).some(({ state }) => state === "running");
    const paused = new Set((await schedule.pauses()).map(({ connector }) => connector));
    const canBegin = (run: QueuedRun) => !paused.has(everything) && !(paused.has(run.connector) && run.askedBy === bySchedule);
    const waiting = (await runQueue.waiting()).filter((run) => run.seconds === 0 && canBegin(run));
    const { sickFor, leaveFor } = worker.state();
    if (!goingOn && (waiting.length === 0 || sickFor !== null || leaveFor !== null)) break;
  }
  await worker.stop();
}
