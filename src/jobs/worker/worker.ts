import { setTimeout as delay } from "node:timers/promises";
import type { QueuedRun } from "../../catalogue/runs/run-queue-repository.ts";
import type { RunReport } from "../../model/run/run-report.ts";
import type { JobServices } from "../job-services.ts";
import { troubleLog } from "../monitoring/trouble.ts";
import type { PeriodicTask } from "../tasks/periodic-task.ts";
import { type CheckedRuns, checkRuns } from "./check-runs.ts";
import { doRun } from "./do-run.ts";
import { inThisProcess, type RunExecutor } from "./execute-run.ts";

/** Receives events of a worker. */
export interface WorkerWatcher {
  onStart?(connector: string): void;
  onEnd?(report: RunReport, run: QueuedRun): void;
  onLook?(found: CheckedRuns): void;
}

/** A running worker. */
export interface Worker {
  /** Milliseconds since its last check, by a monotonic clock. */
  sinceLook(): number;
  /** Milliseconds since it last began or ended a periodic task. */
  sinceTask(): number;
  /**
   * Takes no more runs, lets active ones go on for the grace period, then returns them to the queue. Settles when everything has ended.
   * `graceSeconds`: that of the settings by default.
   */
  stop(graceSeconds?: number): Promise<void>;
}

/**
 * Starts a worker: it takes runs from the queue, checks due and abandoned runs, and performs the tasks. The caller stops it.
 * `executor`: executes the runs, in this process by default; closed by `stop`.
 */
export function startWorker(
  jobs: JobServices,
  tasks: readonly PeriodicTask[],
  watcher: WorkerWatcher = {},
  executor: RunExecutor = inThisProcess(jobs.services, jobs.settings.retrySeconds),
): Worker {
  const { services, queue, settings } = jobs;
  const { catalogue, logger } = services;
  const stopTasks = new AbortController();
  const handBack = new AbortController();
  const report = troubleLog(logger, queue.kind);
  const working = queue.work({
    atOnce: settings.runsAtOnce ?? (catalogue.kind === "embedded" ? 1 : 2),
    lockSeconds: settings.lockSeconds,
    work: (job) => {
      watcher.onStart?.(job.connector);
      return doRun(jobs, job, handBack.signal, { onEnd: (ended, run) => watcher.onEnd?.(ended, run), onTrouble: report }, executor);
    },
    onGivenUp: (runId, error) => logger.warn({ run: runId, err: error }, "the queue gave a job up; its run will be recovered"),
    onTrouble: (error) => report("queue", error),
  });

  let lastLook = performance.now();
  let lastTask = lastLook;
  const loops = [
    every(settings.tickSeconds, stopTasks.signal, async () => {
      await checkRuns(jobs, report).then(watcher.onLook, (error: unknown) => report("look", error));
      lastLook = performance.now();
    }),
    // Tasks run one after the other, in a loop of their own: the checks must not wait for them.
    every(settings.tickSeconds, stopTasks.signal, async () => {
      lastTask = performance.now();
      for (const task of tasks) {
        if (stopTasks.signal.aborted) return;
        await task.perform(jobs, stopTasks.signal).catch((error: unknown) => report(task.name, error));
        lastTask = performance.now();
      }
    }),
  ];

  return {
    sinceLook: () => performance.now() - lastLook,
    sinceTask: () => performance.now() - lastTask,
    async stop(graceSeconds = settings.graceSeconds) {
      stopTasks.abort();
      const graceMs = graceSeconds * 1000;
      const grace = setTimeout(() => handBack.abort(), graceMs);
      // A queue whose server is down may never stop. Other workers repeat the runs of this worker.
      const late = new AbortController();
      const patience = delay(graceMs + handBackMs, undefined, { signal: late.signal }).catch(() => undefined);
      await Promise.race([Promise.all([working.stop(), ...loops]), patience]);
      late.abort();
      clearTimeout(grace);
      await executor.close();
    },
  };
}

/** Time for returned runs to reach a safe point. */
const handBackMs = 10_000;

/** Calls `work` at once and then at random intervals until `stop`, so that workers do not act at the same moment. `work` does not throw. */
async function every(seconds: number, stop: AbortSignal, work: () => Promise<void>): Promise<void> {
  while (!stop.aborted) {
    await work();
    await delay(seconds * 1000 * (0.75 + Math.random() / 2), undefined, { signal: stop }).catch(() => undefined);
  }
}
