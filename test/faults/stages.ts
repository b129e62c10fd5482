/** The stages of a run at which a fault can occur, in order. */
export const stages = ["queued", "claim", "fetch", "read", "plan", "apply", "end", "ended"] as const;

/** A stage of a run. */
export type Stage = (typeof stages)[number];

/** Descriptions of the stages for the report. */
export const stageWords: Readonly<Record<Stage, string>> = {
  queued: "a worker has the job, but has not claimed its run",
  claim: "inside the transaction that claims the run: its connector and its host are locked",
  fetch: "half of the feed has arrived",
  read: "the first records are about to be staged",
  plan: "the plan is being written and is not complete",
  apply: "inside the transaction that applies the plan: the history is written, the aids are not",
  end: "the plan is applied, but the run's report is not complete",
  ended: "the run has ended, but the queue does not know it yet",
};

/** Kinds of queue. */
export const queueKinds = ["redis", "postgresql", "in-process"] as const;

/** A queue: BullMQ on Redis, BullMQ on PostgreSQL, or the worker's memory on the embedded catalogue. */
export type QueueKind = (typeof queueKinds)[number];
