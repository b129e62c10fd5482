import type { Worker } from "../../src/jobs/worker/worker.ts";
import type { Clock } from "../../src/platform/clock.ts";
import { until } from "../support/until.ts";
import type { JobSetup } from "./job-setup.ts";

/** A worker whose clock a test sets. */
export interface WorkerWithClock {
  readonly worker: Worker;
  /** The worker's clock. Other services of the test use it too, as all processes use the database's. */
  readonly clock: Clock;
  /** What the worker has logged as errors. */
  readonly logged: readonly unknown[];
  setClock(now: Date): void;
  /** Waits until the worker has handled what is due. */
  looked(): Promise<void>;
}

/** Starts a worker whose clock shows `start`. */
export async function workerWithClock(house: JobSetup, start: Date): Promise<WorkerWithClock> {
  let now = start;
  let looks = 0;
  const clock = { now: () => new Date(now), fixed: null, elapsed: () => performance.now() };
  const logged: unknown[] = [];
  const silent = () => undefined;
  const logger = { info: silent, warn: silent, error: (...said: unknown[]) => void logged.push(said) };
  const worker = await house.worker({
    clock,
    logger: logger as never,
    settings: { MOISSON_TICK_SECONDS: "0.05" },
    watcher: { onSchedule: () => void looks++ },
  });
  return {
    worker,
    clock,
    logged,
    setClock: (to) => {
      now = to;
    },
    looked: async () => {
      // The look in progress may have read the time before.
      const since = looks;
      await until("the worker looks at the schedule twice", () => looks >= since + 2);
    },
  };
}
