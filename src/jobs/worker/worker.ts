import { setTimeout as delay } from "node:timers/promises";
import type { QueuedRun } from "../../catalogue/runs/run-queue-repository.ts";
import type { RunError } from "../../model/run/run-error.ts";
import type { RunReport } from "../../model/run/run-report.ts";
import { inTime } from "../../platform/in-time.ts";
import type { JobServices } from "../job-services.ts";
import { troubleLog } from "../monitoring/trouble.ts";
import type { JobEnd, RunJob } from "../queue/run-queue.ts";
import type { PeriodicTask } from "../tasks/periodic-task.ts";
import { AloneGate } from "./alone-gate.ts";
import { type CheckedRuns, checkRuns, watchDueRuns } from "./check-runs.ts";
import { doRun } from "./do-run.ts";
import { inThisProcess, type RunExecutor } from "./execute-run.ts";
import { SelfTest, type WorkerState } from "./self-test.ts";

/** Receives events of a worker. */
export interface WorkerWatcher {
  onStart?(connector: string): void;
  onEnd?(report: RunReport, run: QueuedRun): void;
  onLook?(found: CheckedRuns): void;
  /** `asked`: the connectors whose run was due. */
  onSchedule?(asked: readonly string[]): void;
}

/** A running worker. */
export interface Worker {
  /** Milliseconds since its last check, by a monotonic clock. */
  sinceLook(): number;
  /** Milliseconds since it last began or ended a periodic task. */
  sinceTask(): number;
  /** Result of its last self-test. */
  state(): WorkerState;
  /** Settles when it has been asked to end for an update, and its runs have ended. The caller then stops it. */
  readonly left: Promise<void>;
  /**
   * Takes no more runs, lets active ones go on for the grace period, then returns them to the queue. Settles when everything has ended.
   * `graceSeconds`: that of the settings by default.
   */
  stop(graceSeconds?: number): Promise<void>;
}

/**
 * Starts a worker: it takes runs from the queue, checks due and abandoned runs, and performs the tasks. The caller stops it.
 * `executor`: executes the runs, in this process by default; closed by `stop`. A worker whose `selfTest` fails takes no run.
 */
export function startWorker(
  jobs: JobServices,
  tasks: readonly PeriodicTask[],
  watcher: WorkerWatcher = {},
  executor: RunExecutor = inThisProcess(jobs.services, jobs.settings.retrySeconds),
  selfTest = new SelfTest(jobs.services.catalogue, jobs.services.logger, { everyMs: Math.min(5, jobs.settings.tickSeconds) * 1000 }),
): Worker {
  const { services, queue, settings } = jobs;
  const { catalogue, logger } = services;
  const stopTasks = new AbortController();
  const handBack = new AbortController();
  const report = troubleLog(logger, queue.kind);
  const gate = new AloneGate();
  const onEnd = (ended: RunReport, run: QueuedRun) => {
    selfTest.suspect(ended.error);
    watcher.onEnd?.(ended, run);
  };
  const onNotStored = (error: RunError) => void selfTest.suspect(error);
  let active = 0;
  let leave: () => void = () => undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const leaveIfAsked = () => {
    if (selfTest.state().leaveFor !== null && active === 0) leave();
  };
  const work = async (job: RunJob): Promise<JobEnd> => {
    if (!(await selfTest.mayTakeRuns())) {
      await working.pause();
      return { againAfterMs: givenBackMs };
    }
    active++;
    try {
      watcher.onStart?.(job.connector);
      return await doRun(jobs, job, handBack.signal, { onEnd, onNotStored, onTrouble: report }, executor, gate);
    } catch (error) {
      if (selfTest.suspect(error) === null) throw error;
      report("claim", error);
      return { againAfterMs: givenBackMs };
    } finally {
      active--;
      leaveIfAsked();
    }
  };
  const working = queue.work({
    atOnce: settings.runsAtOnce ?? (catalogue.kind === "embedded" ? 1 : 2),
    lockSeconds: settings.lockSeconds,
    work,
    onGivenUp: (runId, error) => logger.warn({ run: runId, err: error }, "the queue gave a job up; its run will be recovered"),
    onTrouble: (error) => report("queue", error),
  });

  const requestDue = watchDueRuns(jobs);
  const silent = new Set<string>();
  let lastLook = performance.now();
  let lastTask = lastLook;
  const loops = [
    every(selfTest.everyMs / 1000, stopTasks.signal, async () => {
      const { sickFor, leaveFor } = await selfTest.test();
      if (stopTasks.signal.aborted) return;
      const turn = sickFor === null && leaveFor === null ? working.resume() : working.pause();
      await turn.catch((error: unknown) => report("queue", error));
      leaveIfAsked();
    }),
    every(settings.tickSeconds, stopTasks.signal, async () => {
      await checkRuns(jobs, silent).then(watcher.onLook, (error: unknown) => report("look", error));
      lastLook = performance.now();
    }),
    // The schedule and the tasks have loops of their own: the checks must not wait for a large night. Tasks run one after the other.
    every(Math.min(settings.tickSeconds, scheduleSeconds), stopTasks.signal, () =>
      requestDue().then(watcher.onSchedule, (error: unknown) => report("schedule", error)),
    ),
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
    state: () => selfTest.state(),
    left,
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
      await Promise.all([inTime(selfTest.leave(), leaveWithinMs, () => undefined), executor.close()]);
    },
  };
}

/** Longest usual time between two checks of the schedule. */
const scheduleSeconds = 2;
/** After this time, a run that a worker could not take is in the queue again. */
const givenBackMs = 250;
const leaveWithinMs = 2000;
/** Time for returned runs to reach a safe point. */
const handBackMs = 10_000;

/** Calls `work` at once and then at random intervals until `stop`, so that workers do not act at the same moment. `work` does not throw. */
async function every(seconds: number, stop: AbortSignal, work: () => Promise<void>): Promise<void> {
  while (!stop.aborted) {
    await work();
    await delay(seconds * 1000 * (0.75 + Math.random() / 2), undefined, { signal: stop }).catch(() => undefined);
  }
}
