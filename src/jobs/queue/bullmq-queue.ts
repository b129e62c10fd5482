import { setTimeout as delay } from "node:timers/promises";
import { createPostgresBackend, DelayedError, type Job, type JobsOptions, Queue, Worker } from "bullmq";
import { inTime } from "../../platform/in-time.ts";
import {
  defaultLeaseSeconds,
  lostAfterSeconds,
  postgresqlAddress,
  postgresqlClient,
  sessionOptions,
} from "../../platform/postgresql-client.ts";
import type { JobEnd, JobRank, NewJob, QueueDepth, RunJob, RunQueue, WorkingQueue, WorkOptions } from "./run-queue.ts";

/** Where BullMQ stores jobs. `name`: name of the queue, one per catalogue; `schema`: schema of BullMQ's tables, default `moisson_queue`. */
export type QueuePlace =
  | { readonly kind: "redis"; readonly url: string; readonly name: string }
  | { readonly kind: "postgresql"; readonly url: string; readonly name: string; readonly schema?: string; readonly leaseSeconds?: number };

type PostgresqlPlace = Extract<QueuePlace, { kind: "postgresql" }>;

const closeWithinMs = 3000;
/** BullMQ's priorities. Jobs without one come first. */
const priorities: Readonly<Record<JobRank, number>> = { first: 0, usual: 10, last: 20 };
/** Number of jobs in one request. */
const addedAtOnce = 1000;
const connectWithinMs = 15_000;
/** How often BullMQ may give the job of a dead worker to another. High, because the catalogue limits the tries. */
const maxStalls = 10;

/**
 * Queue on BullMQ, with Redis or its PostgreSQL backend. A job has the unique id of its run. Finished jobs are deleted, because BullMQ
 * ignores a new job with a known id. BullMQ retries no job: a retry is another run.
 */
export class BullmqQueue implements RunQueue {
  readonly kind: "redis" | "postgresql";
  readonly #queue: AnyQueue;
  #onTrouble: (error: Error) => void = () => undefined;

  constructor(private readonly place: QueuePlace) {
    this.kind = place.kind;
    this.#queue = openQueue(place);
    this.#queue.on("error", (error) => this.#onTrouble(error));
  }

  async put(jobs: readonly NewJob[]): Promise<void> {
    for (let from = 0; from < jobs.length; from += addedAtOnce)
      await this.#queue.addBulk(jobs.slice(from, from + addedAtOnce).map(bullmqJob));
  }

  async hurry(runId: string): Promise<void> {
    const job = await this.#queue.getJob(jobIdOf(runId));
    // It may have become due since the query.
    if ((await job?.isDelayed()) === true) await job?.promote().catch(() => undefined);
  }

  async moveToFront(runId: string): Promise<void> {
    const job = await this.#queue.getJob(jobIdOf(runId));
    await job?.changePriority({ priority: priorities.first });
    await this.hurry(runId);
  }

  async remove(runId: string): Promise<void> {
    // An active job cannot be removed; its run has ended, so it will end too.
    await this.#queue.remove(jobIdOf(runId)).catch(() => undefined);
  }

  async missing(runIds: readonly string[]): Promise<string[]> {
    const states = await Promise.all(
      runIds.map(async (runId) => ((await this.#queue.getJob(jobIdOf(runId))) === undefined ? runId : null)),
    );
    return states.filter((runId) => runId !== null);
  }

  async depth(): Promise<QueueDepth> {
    const {
      waiting = 0,
      prioritized = 0,
      active = 0,
      delayed = 0,
    } = await this.#queue.getJobCounts("waiting", "prioritized", "active", "delayed");
    return { waiting: waiting + prioritized, active, delayed };
  }

  work(options: WorkOptions): WorkingQueue {
    this.#onTrouble = options.onTrouble;
    const active = new Set<Promise<JobEnd>>();
    const worker = openWorker(this.place, options, async (job, token) => {
      const work = options.work(job.data);
      active.add(work);
      const end = await work.finally(() => active.delete(work));
      if (end === "done") return;
      await job.moveToDelayed(Date.now() + Math.ceil(end.againAfterMs), token);
      throw new DelayedError();
    });
    const stop = async () => {
      const closed = worker.close();
      await Promise.race([closed, Promise.allSettled(active).then(() => closeInTime(closed))]);
    };
    return { pause: () => worker.pause(true), resume: async () => void (await worker.resume()), stop };
  }

  async close(): Promise<void> {
    await closeInTime(this.#queue.close());
  }
}

/** Waits a limited time for a connection to close, because a server that is down never answers. */
async function closeInTime(closed: Promise<void>): Promise<void> {
  await inTime(
    closed.catch(() => undefined),
    closeWithinMs,
    () => undefined,
  );
}

/** Returns the id of a job. BullMQ refuses integers and colons. */
function jobIdOf(runId: string): string {
  return `run-${runId}`;
}

function bullmqJob({ runId, connector, afterMs, rank }: NewJob): { name: string; data: RunJob; opts: JobsOptions } {
  const opts: JobsOptions = { jobId: jobIdOf(runId), attempts: 1, removeOnComplete: true, removeOnFail: true, priority: priorities[rank] };
  return { name: "run", data: { runId, connector }, opts: afterMs > 0 ? { ...opts, delay: Math.ceil(afterMs) } : opts };
}

type AnyQueue = Pick<Queue<RunJob>, "on" | "addBulk" | "getJob" | "getJobCounts" | "remove" | "close">;

function openQueue(place: QueuePlace): AnyQueue {
  if (place.kind === "postgresql")
    return new Queue(place.name, { connection: postgresOptions(place) }, createPostgresBackend) as unknown as AnyQueue;
  // Fail at once if the server does not answer, so that the caller can report it.
  return new Queue<RunJob>(place.name, {
    connection: { url: place.url, maxRetriesPerRequest: 3, connectTimeout: 5000, enableOfflineQueue: false },
  });
}

function openWorker(place: QueuePlace, options: WorkOptions, work: Work): OpenWorker {
  const lockMs = options.lockSeconds * 1000;
  const settings = { concurrency: options.atOnce, lockDuration: lockMs, stalledInterval: lockMs, maxStalledCount: maxStalls };
  const listenTo = (worker: Worker<RunJob>) => {
    worker.on("error", options.onTrouble);
    return worker.on("failed", (job, error) => {
      if (job !== undefined) options.onGivenUp(job.data.runId, error);
    });
  };
  if (place.kind === "redis")
    return listenTo(new Worker<RunJob>(place.name, work, { ...settings, connection: { url: place.url, maxRetriesPerRequest: null } }));
  const idle = { ...settings, autorun: false, connection: postgresOptions(place) };
  const open = () => listenTo(new Worker(place.name, work as never, idle, createPostgresBackend) as unknown as Worker<RunJob>);
  return runWhenReady(open, options.onTrouble);
}

type Work = (job: Job<RunJob>, token?: string) => Promise<void>;

/** Returns the connection to a separate schema, which BullMQ creates and migrates. */
function postgresOptions({ url, schema = "moisson_queue", leaseSeconds = defaultLeaseSeconds }: PostgresqlPlace) {
  const Client = postgresqlClient(connectWithinMs);
  const options = sessionOptions({ idleInTransaction: lostAfterSeconds(leaseSeconds), lock: 30, statement: 60 });
  return { connectionString: postgresqlAddress(url), schema, migrate: true, max: 4, application_name: "moisson queue", options, Client };
}

/** The methods used of a BullMQ worker that runs. */
type OpenWorker = Pick<Worker, "pause" | "resume" | "close">;

/** The methods used of a BullMQ worker that does not start by itself. */
export type IdleWorker = OpenWorker & Pick<Worker, "waitUntilReady" | "run">;

/**
 * Runs a worker once its server has answered. After a failed first connection it opens another worker: BullMQ's PostgreSQL backend would
 * remember the failure for ever and retry without a pause, which blocks the process.
 */
export function runWhenReady(open: () => IdleWorker, onTrouble: (error: Error) => void, openAgainMs = 2000): OpenWorker {
  const closing = new AbortController();
  let worker = open();
  let [isReadyNow, isPaused] = [false, false];
  const begin = async () => {
    while (!(await isReady(worker, onTrouble))) {
      void worker.close().catch(() => undefined);
      await delay(openAgainMs, undefined, { signal: closing.signal }).catch(() => undefined);
      if (closing.signal.aborted) return;
      worker = open();
    }
    isReadyNow = true;
    if (isPaused) await worker.pause(true);
    await worker.run();
  };
  begin().catch(onTrouble);
  return {
    pause: async () => {
      isPaused = true;
      if (isReadyNow) await worker.pause(true);
    },
    resume: async () => {
      isPaused = false;
      if (isReadyNow) await worker.resume();
    },
    close: () => {
      closing.abort();
      return worker.close();
    },
  };
}

async function isReady(worker: IdleWorker, onTrouble: (error: Error) => void): Promise<boolean> {
  try {
    await worker.waitUntilReady();
    return true;
  } catch (error) {
    onTrouble(error instanceof Error ? error : new Error(String(error)));
    return false;
  }
}
