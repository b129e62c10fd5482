import { setTimeout as delay } from "node:timers/promises";
import type { QueuedRun } from "../catalogue/runs/run-queue-repository.ts";
import type { RunReport } from "../model/run/run-report.ts";
import { doRun } from "./do-run.ts";
import type { Duty } from "./duty.ts";
import type { JobServices } from "./job-services.ts";
import { type LookedAfter, lookAfter } from "./look-after.ts";
import { saidSeldom } from "./queue/said-seldom.ts";

/** Who is told what a worker does. */
export interface WorkerWatcher {
  onStart?(connector: string): void;
  onEnd?(report: RunReport, run: QueuedRun): void;
  onLook?(found: LookedAfter): void;
}

/** A worker at work. */
export interface Worker {
  /** Milliseconds since it last looked after things, by a clock that only goes on. */
  sinceLook(): number;
  /**
   * Takes no more runs, lets those in progress go on for the grace period, then hands them back; settles when nothing of it goes on any more.
   */
  stop(): Promise<void>;
}

/**
 * Works: takes runs from the queue, looks after what is due or was left behind, and performs the duties of the house. Whoever starts it stops it.
 */
export function startWorker(jobs: JobServices, duties: readonly Duty[], watcher: WorkerWatcher = {}): Worker {
  const { services, queue, settings } = jobs;
  const { catalogue, logger } = services;
  const stopDuties = new AbortController();
  const handBack = new AbortController();
  const working = queue.work({
    atOnce: settings.runsAtOnce ?? (catalogue.kind === "embedded" ? 1 : 2),
    lockSeconds: settings.lockSeconds,
    work: (job) => {
      watcher.onStart?.(job.connector);
      return doRun(jobs, job, handBack.signal, watcher);
    },
    onGivenUp: (runId, error) => logger.warn({ run: runId, err: error }, "the queue gave a job up; its run is looked after"),
    onTrouble: saidSeldom((error, more) => logger.warn({ reason: error.name, ...(more > 0 && { more }) }, "the queue has trouble")),
  });

  let lastLook = performance.now();
  const loops = [
    every(settings.tickSeconds, stopDuties.signal, async () => {
      await lookAfter(jobs).then(watcher.onLook, (error: unknown) => logger.warn({ err: error }, "could not look after the queue"));
      lastLook = performance.now();
    }),
    // One after the other, and beside the looks, which must not wait for them.
    every(settings.tickSeconds, stopDuties.signal, async () => {
      for (const duty of duties) {
        if (stopDuties.signal.aborted) return;
        await duty
          .perform(jobs, stopDuties.signal)
          .catch((error: unknown) => logger.warn({ duty: duty.name, err: error }, "a duty was not performed"));
      }
    }),
  ];

  return {
    sinceLook: () => performance.now() - lastLook,
    async stop() {
      stopDuties.abort();
      const graceMs = settings.graceSeconds * 1000;
      const grace = setTimeout(() => handBack.abort(), graceMs);
      // A queue whose server went away may never let go; what it still held is looked after by others.
      const late = new AbortController();
      const patience = delay(graceMs + handBackMs, undefined, { signal: late.signal }).catch(() => undefined);
      await Promise.race([Promise.all([working.stop(), ...loops]), patience]);
      late.abort();
      clearTimeout(grace);
    },
  };
}

/** How long runs may take to come to a safe point once they are handed back. */
const handBackMs = 10_000;

/** Does `work` at once and then again and again, until `stop`; not at the same moment as all other workers. `work` does not throw. */
async function every(seconds: number, stop: AbortSignal, work: () => Promise<void>): Promise<void> {
  while (!stop.aborted) {
    await work();
    await delay(seconds * 1000 * (0.75 + Math.random() / 2), undefined, { signal: stop }).catch(() => undefined);
  }
}
