import type { JobEnd, JobRank, NewJob, QueueDepth, RunJob, RunQueue, WorkingQueue, WorkOptions } from "./run-queue.ts";

interface WaitingJob extends RunJob {
  readonly rank: JobRank;
  /** In milliseconds of `performance.now()`. */
  readonly notBefore: number;
}

/**
 * A queue in memory for the embedded catalogue, which only one process can open. At its start, waiting runs are loaded from the catalogue.
 */
export class InProcessQueue implements RunQueue {
  readonly kind = "in-process";
  /** In the order of arrival. */
  readonly #waiting = new Map<string, WaitingJob>();
  readonly #active = new Map<string, Promise<void>>();
  #options: WorkOptions | undefined;
  #timer: NodeJS.Timeout | undefined;

  async put(jobs: readonly NewJob[]): Promise<void> {
    for (const { afterMs, ...job } of jobs) {
      if (this.#waiting.has(job.runId) || this.#active.has(job.runId)) continue;
      this.#waiting.set(job.runId, { ...job, notBefore: performance.now() + afterMs });
    }
    this.#next();
  }

  async hurry(runId: string): Promise<void> {
    const job = this.#waiting.get(runId);
    if (job !== undefined) this.#waiting.set(runId, { ...job, notBefore: 0 });
    this.#next();
  }

  async moveToFront(runId: string): Promise<void> {
    const job = this.#waiting.get(runId);
    if (job !== undefined) this.#waiting.set(runId, { ...job, rank: "first", notBefore: 0 });
    this.#next();
  }

  async remove(runId: string): Promise<void> {
    this.#waiting.delete(runId);
  }

  async missing(runIds: readonly string[]): Promise<string[]> {
    return runIds.filter((runId) => !this.#waiting.has(runId) && !this.#active.has(runId));
  }

  async depth(): Promise<QueueDepth> {
    const delayed = [...this.#waiting.values()].filter(({ notBefore }) => notBefore > performance.now()).length;
    return { waiting: this.#waiting.size - delayed, active: this.#active.size, delayed };
  }

  work(options: WorkOptions): WorkingQueue {
    this.#options = options;
    this.#next();
    const setOptions = async (now: WorkOptions | undefined) => {
      this.#options = now;
      this.#next();
    };
    return {
      pause: () => setOptions(undefined),
      resume: () => setOptions(options),
      stop: async () => {
        this.#options = undefined;
        clearTimeout(this.#timer);
        await Promise.all(this.#active.values());
      },
    };
  }

  async close(): Promise<void> {
    this.#options = undefined;
    clearTimeout(this.#timer);
  }

  /** Starts the jobs that can start, and sets a timer for the next one. */
  #next(): void {
    const options = this.#options;
    if (options === undefined) return;
    clearTimeout(this.#timer);
    const now = performance.now();
    for (const rank of ranks) {
      for (const job of this.#waiting.values()) {
        if (this.#active.size >= options.atOnce) return;
        if (job.rank === rank && job.notBefore <= now) this.#begin(job, options);
      }
    }
    let soonest = Number.POSITIVE_INFINITY;
    for (const { notBefore } of this.#waiting.values()) soonest = Math.min(soonest, notBefore);
    if (Number.isFinite(soonest)) this.#timer = setTimeout(() => this.#next(), Math.min(Math.max(0, soonest - now), maxTimerMs));
  }

  #begin(job: WaitingJob, options: WorkOptions): void {
    this.#waiting.delete(job.runId);
    const { runId, connector } = job;
    const ended = options
      .work({ runId, connector })
      .catch((error: Error): JobEnd => {
        options.onGivenUp(runId, error);
        return "done";
      })
      .then((end) => {
        this.#active.delete(runId);
        if (end !== "done") this.#waiting.set(runId, { ...job, notBefore: performance.now() + end.againAfterMs });
        this.#next();
      });
    this.#active.set(runId, ended);
  }
}

const ranks: readonly JobRank[] = ["first", "usual", "last"];

/** Maximum delay of a timer in Node. A longer timer fires at once. */
const maxTimerMs = 2 ** 31 - 1;
