/** What a queue brings to a worker: the id of a run, which stands in the catalogue. */
export interface RunJob {
  readonly runId: string;
  readonly connector: string;
}

/** What became of a job: it is done, or it is to come again after so many milliseconds. */
export type JobEnd = "done" | { readonly againAfterMs: number };

/** How a worker takes jobs. */
export interface WorkOptions {
  /** Jobs at the same time. */
  readonly atOnce: number;
  /** A job whose worker is silent for so long is given to another. */
  readonly lockSeconds: number;
  /** Does one job. What it throws is logged by the queue's owner; the job is gone then, and its run still stands in the catalogue. */
  work(job: RunJob): Promise<JobEnd>;
  /** Told of jobs that the queue gave up without `work` having ended. */
  onGivenUp(runId: string, error: Error): void;
  /** Told of trouble of the queue's own: its server does not answer. */
  onTrouble(error: Error): void;
}

/** Jobs that wait, that are being done, and that are to wait for a while. */
export interface QueueDepth {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
}

/** A worker's hold on the queue. */
export interface WorkingQueue {
  /** Takes no more jobs, and settles when those that are being done have ended. */
  stop(): Promise<void>;
}

/**
 * Brings runs to workers. It holds ids only, and may lose them: what is to be done stands in the catalogue (`runQueue`), from where `lookAfter` puts back
 * what a queue has lost.
 */
export interface RunQueue {
  readonly kind: "in-process" | "redis" | "postgresql";
  /** Puts a run in; one that is in already stays where it is. `urgent`: before those that are not. */
  put(job: RunJob, place: { readonly afterMs: number; readonly urgent: boolean }): Promise<void>;
  /** Lets a run that waits for a later moment come now. */
  hurry(runId: string): Promise<void>;
  /** Takes a run out that nobody does yet. */
  remove(runId: string): Promise<void>;
  /** Those of these runs that are not in it. */
  missing(runIds: readonly string[]): Promise<readonly string[]>;
  depth(): Promise<QueueDepth>;
  /** Begins to take jobs. */
  work(options: WorkOptions): WorkingQueue;
  close(): Promise<void>;
}
