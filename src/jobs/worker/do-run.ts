import { lockTimeout } from "../../catalogue/connection/storage-failure.ts";
import type { WaitReason } from "../../catalogue/runs/queued-runs.ts";
import type { Claim, QueuedRun } from "../../catalogue/runs/run-queue-repository.ts";
import type { RunRecord } from "../../catalogue/runs/run-repository.ts";
import { feedUrl } from "../../ingest/fetch/feed-address.ts";
import { mappingOf } from "../../ingest/ingestion-run.ts";
import { RunHeartbeat } from "../../ingest/run-heartbeat.ts";
import type { RunLiveness, RunOptions } from "../../ingest/run-inputs.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import { type RunError, RunFailed, RunHandedBack } from "../../model/run/run-error.ts";
import type { RunReport } from "../../model/run/run-report.ts";
import { connectorAs } from "../../registry/stored-versions.ts";
import type { JobServices } from "../job-services.ts";
import { unreadConnectors } from "../morning/unread-connectors.ts";
import { jobOf } from "../queue/request-run.ts";
import type { JobEnd, RunJob } from "../queue/run-queue.ts";
import { AloneGate } from "./alone-gate.ts";
import { inThisProcess, type RunExecutor } from "./execute-run.ts";
import { machinePauseOf } from "./next-try.ts";
import { workerName } from "./worker-name.ts";

/** How long a run waits for a worker that knows its connector: a release takes minutes. */
const unknownForMs = 3_600_000;

/** Receives events of a worker's runs. */
export interface RunWatcher {
  onEnd?(report: RunReport, run: QueuedRun): void;
  /** The run has ended, and the machine cannot store it now. */
  onNotStored?(error: RunError): void;
  /** `where`: the part of the worker that met it. */
  onTrouble?(where: string, error: unknown): void;
}

/**
 * Does one job: claims the run if it may start, executes it, and queues the connector's next run. `stop`: aborted when the worker must
 * return its runs. `executor`: executes the run, in this process by default. `gate`: of the worker.
 */
export async function doRun(
  jobs: JobServices,
  job: RunJob,
  stop: AbortSignal,
  watcher: RunWatcher = {},
  executor: RunExecutor = inThisProcess(jobs.services, jobs.settings.retrySeconds),
  gate = new AloneGate(),
): Promise<JobEnd> {
  const asked = await jobs.services.catalogue.runs.find(job.runId);
  return gate.pass(asked?.alone ?? false, () => doAdmitted(jobs, job, asked, stop, watcher, executor));
}

async function doAdmitted(
  jobs: JobServices,
  job: RunJob,
  asked: RunRecord | null,
  stop: AbortSignal,
  watcher: RunWatcher,
  executor: RunExecutor,
): Promise<JobEnd> {
  const { services, settings } = jobs;
  const { catalogue, clock } = services;
  const options = asked?.options as RunOptions | undefined;
  const connector = await connectorOf(jobs, job, options?.trial);
  if (stop.aborted) return { againAfterMs: 0 };
  if (connector === undefined) return withoutConnector(jobs, job, asked);
  const host = options === undefined ? null : hostOfFeed(connector, options, services.environment);
  await catalogue.territoryEditions.refresh();
  const claim = await catalogue.runQueue.claim(job.runId, {
    worker: workerName,
    leaseSeconds: settings.lockSeconds,
    pauseSeconds: machinePauseOf(settings.retrySeconds),
    host,
    mappingFingerprint: mappingOf(connector, services),
    now: clock.now(),
  });
  if (claim.kind === "wait" && claim.reason === "locked")
    watcher.onTrouble?.("claim", new RunFailed("storage-failed", { reason: lockTimeout }));
  if (claim.kind !== "claimed") return notClaimed(jobs, job, claim);

  const { run, token } = claim;
  const logFields = { run: run.runId, connector: run.connector };
  services.logger.info({ ...logFields, askedBy: run.askedBy, try: run.try }, "run begins");
  const handBack = new AbortController();
  const onStop = () => handBack.abort(new RunHandedBack("handed-back"));
  stop.addEventListener("abort", onStop, { once: true });
  if (stop.aborted) onStop();
  const heartbeat = new RunHeartbeat(catalogue.runQueue, { runId: run.runId, connector: run.connector, token }, handBack.signal);
  heartbeat.start(services.beatMs);
  const leaveHost = host === null ? () => undefined : once(() => wakeWaiting(jobs, host, watcher));
  const liveness: RunLiveness = {
    signal: heartbeat.signal,
    beat: () => heartbeat.beat(),
    notStored: (error) => watcher.onNotStored?.(error),
    at: (progress) => {
      heartbeat.at(progress);
      if (progress.stage !== "fetch") leaveHost();
    },
  };
  try {
    const order = { connector, runId: run.runId, token, try: run.try, options: run.options as RunOptions, host };
    const report = await executor.execute(order, liveness);
    const { outcome, error, counts, durationMs } = report;
    const { received, rejected, created, updated, withdrawn } = counts;
    services.logger.info(
      { ...logFields, outcome, code: error?.code, received, rejected, created, updated, withdrawn, durationMs },
      "run ended",
    );
    watcher.onEnd?.(report, run);
  } finally {
    heartbeat.stop();
    leaveHost();
    stop.removeEventListener("abort", onStop);
  }
  await putWaiting(jobs, job.connector);
  return "done";
}

async function connectorOf(jobs: JobServices, job: RunJob, trial: number | undefined): Promise<LoadedConnector | undefined> {
  if (trial === undefined) return (await jobs.connectors()).find(({ definition }) => definition.id === job.connector);
  const version = await jobs.services.catalogue.connectorVersions.trial(job.connector, trial);
  const tried = version === null ? null : await connectorAs(await jobs.registry(), version);
  return tried === null || "problems" in tried ? undefined : tried;
}

/**
 * Returns a run without its connector to the queue, because a newer worker may know the connector, or somebody may correct its definition.
 * Cancels the run after the grace period.
 */
async function withoutConnector(jobs: JobServices, job: RunJob, asked: RunRecord | null): Promise<JobEnd> {
  const { catalogue, clock } = jobs.services;
  const waited = asked === null ? Number.POSITIVE_INFINITY : clock.now().getTime() - asked.startedAt.getTime();
  if (waited < unknownForMs) return { againAfterMs: 5000 };
  const { refusedFiles } = unreadConnectors(await jobs.registry(), []);
  const isRefused = refusedFiles.some(({ connector }) => connector === job.connector);
  const why = isRefused ? "the definition of its connector is refused (moisson doctor)" : "its connector was taken away";
  await catalogue.runQueue.cancel(job.runId, why, clock.now());
  return "done";
}

async function notClaimed(jobs: JobServices, job: RunJob, claim: Exclude<Claim, { kind: "claimed" }>): Promise<JobEnd> {
  const { services, settings } = jobs;
  if (claim.kind === "over") return "done";
  if (claim.kind === "wait") return { againAfterMs: pauseFor(claim.reason, claim.seconds, settings.lockSeconds) };
  // The queue took the job from another worker that did not renew its lock. That worker may only have been busy.
  const lease = settings.lockSeconds;
  if (claim.heardSecondsAgo < lease) return { againAfterMs: (lease - claim.heardSecondsAgo + 0.1) * 1000 };
  await services.catalogue.runQueue.abandon(job.runId, {
    leaseSeconds: lease,
    pauseSeconds: machinePauseOf(settings.retrySeconds),
    now: services.clock.now(),
  });
  await putWaiting(jobs, job.connector);
  return "done";
}

/** Calls a function the first time only. */
function once(call: () => void): () => void {
  let isCalled = false;
  return () => {
    if (!isCalled) call();
    isCalled = true;
  };
}

/** Wakes the next run that waits for a host. If this fails, the next check of a worker wakes it (`checkRuns`). */
function wakeWaiting({ services, queue }: JobServices, host: string, watcher: RunWatcher): void {
  const wake = async () => {
    const next = await services.catalogue.runQueue.nextFor(host);
    if (next !== null) await queue.hurry(next);
  };
  wake().catch((error: unknown) => watcher.onTrouble?.("claim", error));
}

/** A run that waits for a host is woken, so it need not ask. */
const wokenAfterMs = 300_000;

/** Returns how long a run waits before it asks again, in milliseconds, with jitter. */
function pauseFor(reason: WaitReason, seconds: number | null, lockSeconds: number): number {
  if (seconds !== null) return seconds * 1000 + Math.random() * 500;
  if (reason === "host-busy") return wokenAfterMs * (0.5 + Math.random() / 2);
  const longest = reason === "paused" ? 30 : 5;
  return Math.min(longest, lockSeconds) * 1000 * (0.5 + Math.random() / 2);
}

/** Queues a connector's waiting run, a retry or a new request, because it may start now. */
export async function putWaiting({ services, queue }: JobServices, connector: string): Promise<void> {
  const waiting = await services.catalogue.runQueue.waiting(connector);
  await queue.put(waiting.map(jobOf));
  for (const { runId, seconds } of waiting) if (seconds === 0) await queue.hurry(runId);
}

/** Returns the first host of a run (`host:port`, lower case), or null if it has none or the address is unknown. */
export function hostOfFeed(
  { definition }: LoadedConnector,
  options: RunOptions,
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  if (options.file !== undefined || options.snapshot !== undefined) return null;
  const { url } = options;
  try {
    return feedUrl({ connector: definition, environment, ...(url !== undefined && { url }) }).host.toLowerCase();
  } catch {
    return null; // the run fails for the same reason, and reports it
  }
}
