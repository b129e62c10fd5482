/** A job: the id of a run stored in the catalogue. */
export interface RunJob {
  readonly runId: string;
  readonly connector: string;
}

/** Where a job waits: people wait for the `first`; the `last` run alone on their worker. */
export type JobRank = "first" | "usual" | "last";

/** A job to add. `afterMs`: its delay. */
export interface NewJob extends RunJob {
  readonly afterMs: number;
  readonly rank: JobRank;
}

/** Result of a job: done, or to be repeated after some milliseconds. */
export type JobEnd = "done" | { readonly againAfterMs: number };

/** Options of a worker. */
export interface WorkOptions {
  /** Maximum number of concurrent jobs. */
  readonly atOnce: number;
  /** If a worker does not renew the lock of its job for this long, another worker gets the job. */
  readonly lockSeconds: number;
  /** Does one job. If it throws, the error is logged and the job is gone, but its run is still in the catalogue. */
  work(job: RunJob): Promise<JobEnd>;
  /** Called for jobs that the queue gave up before `work` ended. */
  onGivenUp(runId: string, error: Error): void;
  /** Called for failures of the queue's server. */
  onTrouble(error: Error): void;
}

/** Numbers of waiting, active and delayed jobs. */
export interface QueueDepth {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
}

/** A worker's connection to the queue. */
export interface WorkingQueue {
  /** Takes no more jobs until `resume`, and lets the active ones go on. Other workers get the jobs. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Takes no more jobs and settles when the active ones have ended. */
  stop(): Promise<void>;
}

/** Delivers runs to workers. It contains only the ids of runs in the catalogue and may lose them: `checkRuns` restores lost jobs. */
export interface RunQueue {
  readonly kind: "in-process" | "redis" | "postgresql";
  /** Adds runs, however many. A run in the queue keeps its place. */
  put(jobs: readonly NewJob[]): Promise<void>;
  /** Makes a delayed run due now. */
  hurry(runId: string): Promise<void>;
  /** Makes a run due now and puts it before all others, whatever queued it. */
  moveToFront(runId: string): Promise<void>;
  /** Removes a run that nobody has started. */
  remove(runId: string): Promise<void>;
  /** Returns the runs of this list that are not queued. */
  missing(runIds: readonly string[]): Promise<readonly string[]>;
  depth(): Promise<QueueDepth>;
  /** Starts to take jobs. */
  work(options: WorkOptions): WorkingQueue;
  close(): Promise<void>;
}
