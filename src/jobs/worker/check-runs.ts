import { everything } from "../../catalogue/runs/schedule-repository.ts";
import type { Connector } from "../../kit/definition.ts";
import { lostAfterSeconds } from "../../platform/postgresql-client.ts";
import type { JobServices } from "../job-services.ts";
import { bySchedule, jobOf } from "../queue/request-run.ts";
import { lastDue } from "../schedule/due.ts";
import { missingAddress } from "../schedule/missing-variables.ts";
import { patternOf } from "../schedule/pattern.ts";
import { spreadHosts } from "../schedule/spread-hosts.ts";
import { hostOfFeed, putWaiting } from "./do-run.ts";
import { machinePauseOf } from "./next-try.ts";

const checkedFirst = 20;
const examplesLogged = 5;

/** What a check found and handled. */
export interface CheckedRuns {
  /** Runs whose worker sent no heartbeat. */
  readonly abandoned: readonly string[];
  /** Runs that the queue had lost. */
  readonly putBack: readonly string[];
}

/**
 * Handles runs of dead workers, and runs that the queue lost. Every worker does it several times a minute, so nothing depends on a single
 * worker or on the queue's memory. Concurrent checks do nothing twice. `silent`: the silent runs of the last check, which this one replaces.
 * Without it, a silent run counts as lost at once.
 */
export async function checkRuns(jobs: JobServices, silent?: Set<string>): Promise<CheckedRuns> {
  // If one of them fails, the other still runs.
  const [abandoned] = await Promise.allSettled([abandonSilentRuns(jobs, silent)]);
  const putBack = await putBackLostRuns(jobs);
  if (abandoned.status === "rejected") throw abandoned.reason;
  return { abandoned: abandoned.value, putBack };
}

/** Makes due times count as not done if they were claimed with a clock that was ahead. Otherwise nothing would run until then. */
async function correctFutureDueTimes({ services: { catalogue, clock, logger } }: JobServices): Promise<void> {
  const found = await catalogue.schedule.correctFutureDueTimes(clock.now());
  if (found.length === 0) return;
  const examples = found.slice(0, examplesLogged).map(({ name, doneFor }) => `${name} until ${doneFor}`);
  logger.error({ count: found.length, examples }, "due times in the future: they count as not done; check the clocks of all machines");
}

/**
 * Returns a function that requests due runs, but reads the schedules only after a change of due times, pauses or connectors, and every
 * minute, because no schedule is finer. It can therefore be called every few seconds, even for ten thousand connectors.
 */
export function watchDueRuns(jobs: JobServices): () => Promise<string[]> {
  const { catalogue, clock } = jobs.services;
  let known: { readonly connectors: unknown; readonly signature: string } | undefined;
  return async () => {
    const connectors = await jobs.connectors();
    const signature = `${Math.floor(clock.now().getTime() / 60_000)} ${await catalogue.schedule.signature()}`;
    if (known?.connectors === connectors && known.signature === signature) return [];
    const asked = await requestDueRuns(jobs);
    known = { connectors, signature };
    return asked;
  };
}

/** Requests every due run and returns the connectors. A time missed while no worker ran is made up for once, up to a day later. */
export async function requestDueRuns(jobs: JobServices): Promise<string[]> {
  const { services, queue, connectors } = jobs;
  const { catalogue, clock } = services;
  await correctFutureDueTimes(jobs);
  const now = clock.now();
  const pauses = new Set((await catalogue.schedule.pauses()).map(({ connector }) => connector));
  const lastDone = await catalogue.schedule.lastDueTimes();
  const loaded = await connectors();
  const all = loaded.map(({ definition }) => definition);
  const isReady = (definition: Connector) => !pauses.has(definition.id) && missingAddress(definition, services.environment) === null;
  const ready = all.filter(isReady);
  const idle = pauses.has(everything) ? all : all.filter((definition) => !isReady(definition) || patternOf(definition) === null);
  await catalogue.schedule.expectNothing(
    idle.map(({ id }) => id),
    now,
  );
  // A new connector starts with its next time.
  const isNew = ({ id, state }: Connector) => state === "active" && !lastDone.has(id);
  await catalogue.schedule.begin(
    ready.filter(isNew).map(({ id }) => id),
    now,
  );
  const due = new Map<string, Date>();
  for (const definition of ready) {
    const [time, done] = [lastDue(definition, now), lastDone.get(definition.id)];
    if (time !== null && done !== undefined && time > done) due.set(definition.id, time);
  }
  if (due.size === 0) return [];
  const asked = await catalogue.runQueue.requestDue(due, { by: bySchedule, now });
  const hosts = new Map(loaded.map((one) => [one.definition.id, hostOfFeed(one, {}, services.environment)]));
  const waiting = spreadHosts(asked, ({ connector }) => hosts.get(connector) ?? null);
  // If the queue does not answer, a later check fills it from the catalogue.
  await queue
    .put(waiting.flatMap(({ connector, runId }) => (runId === null ? [] : [{ connector, runId, afterMs: 0, rank: "usual" as const }])))
    .catch(() => undefined);
  return asked.map(({ connector }) => connector);
}

/**
 * Abandons runs that were silent at two checks. After trouble of the database all runs are silent for a moment, until their workers have
 * sent the next heartbeat.
 */
async function abandonSilentRuns(jobs: JobServices, silentBefore?: Set<string>): Promise<string[]> {
  const { services, settings } = jobs;
  const { runQueue, runs } = services.catalogue;
  const silent = await runQueue.stalled(lostAfterSeconds(settings.lockSeconds));
  const lost = silent.filter((runId) => silentBefore?.has(runId) !== false);
  silentBefore?.clear();
  for (const runId of lost) {
    await runQueue.abandon(runId, {
      leaseSeconds: settings.lockSeconds,
      pauseSeconds: machinePauseOf(settings.retrySeconds),
      now: services.clock.now(),
    });
    const connector = (await runs.find(runId))?.connector;
    if (connector !== undefined) await putWaiting(jobs, connector);
  }
  for (const runId of silent) silentBefore?.add(runId);
  return lost;
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
  await queue.put(waiting.filter(({ runId }) => lost.has(runId)).map(jobOf));
  return [...lost];
}
