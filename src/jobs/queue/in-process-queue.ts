import type { JobEnd, QueueDepth, RunJob, RunQueue, WorkingQueue, WorkOptions } from "./run-queue.ts";

interface WaitingJob extends RunJob {
  readonly urgent: boolean;
  /** In milliseconds of `performance.now()`. */
  readonly notBefore: number;
  readonly number: number;
}

/**
 * A queue in memory for the embedded catalogue, which only one process can open. At its start, waiting runs are loaded from the catalogue.
 */
export class InProcessQueue implements RunQueue {
  readonly kind = "in-process";
  readonly #waiting = new Map<string, WaitingJob>();
  readonly #active = new Map<string, Promise<void>>();
  #options: WorkOptions | undefined;
  #timer: NodeJS.Timeout | undefined;
  #jobs = 0;

  async put(job: RunJob, { afterMs, urgent }: { afterMs: number; urgent: boolean }): Promise<void> {
    if (this.#waiting.has(job.runId) || this.#active.has(job.runId)) return;
    this.#waiting.set(job.runId, { ...job, urgent, notBefore: performance.now() + afterMs, number: this.#jobs++ });
    this.#next();
  }

  async hurry(runId: string): Promise<void> {
    const job = this.#waiting.get(runId);
    if (job !== undefined) this.#waiting.set(runId, { ...job, notBefore: 0 });
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
    return {
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
    const inOrder = [...this.#waiting.values()].sort((a, b) => Number(b.urgent) - Number(a.urgent) || a.number - b.number);
    for (const job of inOrder) {
      if (this.#active.size >= options.atOnce) return;
      if (job.notBefore <= now) this.#begin(job, options);
    }
    const soonest = Math.min(...[...this.#waiting.values()].map(({ notBefore }) => notBefore));
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

/** Maximum delay of a timer in Node. A longer timer fires at once. */
const maxTimerMs = 2 ** 31 - 1;
