import { setTimeout as delay } from "node:timers/promises";
import type { QueuedRun } from "../catalogue/runs/run-queue-repository.ts";
import type { RunReport } from "../model/run/run-report.ts";
import { doRun } from "./do-run.ts";
import type { Duty } from "./duty.ts";
import { inThisProcess, type RunExecutor } from "./execute-run.ts";
import type { JobServices } from "./job-services.ts";
import { type LookedAfter, lookAfter } from "./look-after.ts";
import { troubleLog } from "./trouble.ts";

/** Receives events of a worker. */
export interface WorkerWatcher {
  onStart?(connector: string): void;
  onEnd?(report: RunReport, run: QueuedRun): void;
  onLook?(found: LookedAfter): void;
}

/** A running worker. */
export interface Worker {
  /** Milliseconds since its last check, by a monotonic clock. */
  sinceLook(): number;
  /** Milliseconds since it last began or ended a duty. */
  sinceDuty(): number;
  /**
   * Takes no more runs, lets active ones go on for the grace period, then returns them to the queue. Settles when everything has ended.
   * `graceSeconds`: that of the settings by default.
   */
  stop(graceSeconds?: number): Promise<void>;
}

/**
 * Starts a worker: it takes runs from the queue, looks after due and abandoned runs, and performs the duties. The caller stops it.
 * `executor`: executes the runs, in this process by default; closed by `stop`.
 */
export function startWorker(
  jobs: JobServices,
  duties: readonly Duty[],
  watcher: WorkerWatcher = {},
  executor: RunExecutor = inThisProcess(jobs.services, jobs.settings.retrySeconds),
): Worker {
  const { services, queue, settings } = jobs;
  const { catalogue, logger } = services;
  const stopDuties = new AbortController();
  const handBack = new AbortController();
  const report = troubleLog(logger, queue.kind);
  const working = queue.work({
    atOnce: settings.runsAtOnce ?? (catalogue.kind === "embedded" ? 1 : 2),
    lockSeconds: settings.lockSeconds,
    work: (job) => {
      watcher.onStart?.(job.connector);
      return doRun(jobs, job, handBack.signal, { onEnd: (ended, run) => watcher.onEnd?.(ended, run), onTrouble: report }, executor);
    },
    onGivenUp: (runId, error) => logger.warn({ run: runId, err: error }, "the queue gave a job up; its run is looked after"),
    onTrouble: (error) => report("queue", error),
  });

  let lastLook = performance.now();
  let lastDuty = lastLook;
  const loops = [
    every(settings.tickSeconds, stopDuties.signal, async () => {
      await lookAfter(jobs, report).then(watcher.onLook, (error: unknown) => report("look", error));
      lastLook = performance.now();
    }),
    // Duties run one after the other, in a loop of their own: the checks must not wait for them.
    every(settings.tickSeconds, stopDuties.signal, async () => {
      lastDuty = performance.now();
      for (const duty of duties) {
        if (stopDuties.signal.aborted) return;
        await duty.perform(jobs, stopDuties.signal).catch((error: unknown) => report(duty.name, error));
        lastDuty = performance.now();
      }
    }),
  ];

  return {
    sinceLook: () => performance.now() - lastLook,
    sinceDuty: () => performance.now() - lastDuty,
    async stop(graceSeconds = settings.graceSeconds) {
      stopDuties.abort();
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
