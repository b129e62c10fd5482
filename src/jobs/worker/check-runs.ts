import { isLockTimeout } from "../../catalogue/connection/storage-failure.ts";
import { everything } from "../../catalogue/runs/schedule-repository.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import { lostAfterSeconds } from "../../platform/postgresql-client.ts";
import type { JobServices } from "../job-services.ts";
import { bySchedule, queueRequest } from "../queue/request-run.ts";
import { lastDue } from "../schedule/due.ts";
import { missingAddress } from "../schedule/missing-variables.ts";
import { patternOf } from "../schedule/pattern.ts";
import { putWaiting, type RunWatcher } from "./do-run.ts";
import { maxTries } from "./next-try.ts";

const checkedFirst = 20;
const examplesLogged = 5;

/** What a check found and handled. */
export interface CheckedRuns {
  /** Connectors whose run was due. */
  readonly asked: readonly string[];
  /** Runs whose worker sent no heartbeat. */
  readonly abandoned: readonly string[];
  /** Runs that the queue had lost. */
  readonly putBack: readonly string[];
}

/**
 * Handles due runs, runs of dead workers, and runs that the queue lost. Every worker does it several times a minute, so nothing depends on
 * a single worker or on the queue's memory. Concurrent checks do nothing twice.
 */
export async function checkRuns(jobs: JobServices, onTrouble?: RunWatcher["onTrouble"]): Promise<CheckedRuns> {
  await correctFutureDueTimes(jobs);
  // If one of them fails, the others still run.
  const [asked, abandoned, putBack] = [
    await settled(requestDueRuns(jobs, onTrouble)),
    await settled(abandonSilentRuns(jobs)),
    await settled(putBackLostRuns(jobs)),
  ];
  return { asked: resultOf(asked), abandoned: resultOf(abandoned), putBack: resultOf(putBack) };
}

/** Makes due times count as not done if they were claimed with a clock that was ahead. Otherwise nothing would run until then. */
async function correctFutureDueTimes({ services: { catalogue, clock, logger } }: JobServices): Promise<void> {
  const found = await catalogue.schedule.correctFutureDueTimes(clock.now());
  if (found.length === 0) return;
  const examples = found.slice(0, examplesLogged).map(({ name, doneFor }) => `${name} until ${doneFor}`);
  logger.error({ count: found.length, examples }, "due times in the future: they count as not done; check the clocks of all machines");
}

async function settled<T>(work: Promise<T>): Promise<PromiseSettledResult<T>> {
  const [result] = await Promise.allSettled([work]);
  return result;
}

function resultOf<T>(result: PromiseSettledResult<T>): T {
  if (result.status === "rejected") throw result.reason;
  return result.value;
}

/** Requests every due run and returns the connectors. A time missed while no worker ran is made up for once, up to a day later. */
export async function requestDueRuns(
  { services, queue, connectors }: JobServices,
  onTrouble: RunWatcher["onTrouble"] = () => undefined,
): Promise<string[]> {
  const { catalogue, clock } = services;
  const now = clock.now();
  const pauses = new Set((await catalogue.schedule.pauses()).map(({ connector }) => connector));
  const seenTo = await catalogue.schedule.lastDueTimes();
  const asked: string[] = [];
  const all = await connectors();
  const isIdle = ({ definition }: LoadedConnector) =>
    pauses.has(definition.id) || patternOf(definition) === null || missingAddress(definition, services.environment) !== null;
  await catalogue.schedule.expectNothing(
    (pauses.has(everything) ? all : all.filter(isIdle)).map(({ definition }) => definition.id),
    now,
  );
  let queueAnswers = true;
  for (const { definition } of all) {
    const { id } = definition;
    if (pauses.has(id) || missingAddress(definition, services.environment) !== null) continue;
    const seen = seenTo.get(id);
    // A new connector starts with its next time.
    if (seen === undefined) {
      if (definition.state === "active") await catalogue.schedule.begin(id, now);
      continue;
    }
    const due = lastDue(definition, now);
    if (due === null || due <= seen) continue;
    const ask = { connector: id, options: {}, by: bySchedule, now };
    const found = await catalogue.runQueue.requestDue(ask, due).catch((error: unknown) => {
      if (!isLockTimeout(error)) throw error;
      onTrouble("schedule", error); // a worker is frozen while it claims the connector's run; the next check asks again
      return null;
    });
    if (found === null) continue;
    // Wait only once for a server that is down; a later check queues the rest.
    if (queueAnswers) queueAnswers = (await queueRequest(queue, ask, found)).queued;
    asked.push(id);
  }
  return asked;
}

async function abandonSilentRuns(jobs: JobServices): Promise<string[]> {
  const { services, settings } = jobs;
  const { runQueue, runs } = services.catalogue;
  const silent = await runQueue.stalled(lostAfterSeconds(settings.lockSeconds));
  for (const runId of silent) {
    await runQueue.abandon(runId, { leaseSeconds: settings.lockSeconds, maxTries, now: services.clock.now() });
    const connector = (await runs.find(runId))?.connector;
    if (connector !== undefined) await putWaiting(jobs, connector);
  }
  return silent;
}

async function putBackLostRuns({ services, queue, settings }: JobServices): Promise<string[]> {
  const waiting = await services.catalogue.runQueue.waiting();
  if (waiting.length === 0) return [];
  const { waiting: queued, delayed } = await queue.depth();
  // A worker whose clock was ahead may have delayed a job for days. A worker that died woke no run that waited for its host. A run that
  // still has to wait only asks once more.
  const waits = new Set(delayed === 0 ? [] : await services.catalogue.runQueue.waitingForHosts(settings.lockSeconds));
  const ready = delayed === 0 ? [] : waiting.filter(({ runId, seconds }) => seconds === 0 && !waits.has(runId)).slice(0, checkedFirst);
  for (const { runId } of ready) await queue.hurry(runId);
  if (queued + delayed >= waiting.length) return [];
  // A job that started between the two queries looks lost. Check all runs only if one of the oldest is missing.
  const ids = waiting.map(({ runId }) => runId);
  if ((await queue.missing(ids.slice(0, checkedFirst))).length === 0) return [];
  const lost = new Set(await queue.missing(ids));
  for (const run of waiting) {
    if (lost.has(run.runId)) await queue.put(run, { afterMs: run.seconds * 1000, urgent: run.askedBy !== bySchedule });
  }
  return [...lost];
}
