import { mostTries } from "./again-after.ts";
import { bySchedule, putAsked } from "./ask-run.ts";
import { putWaiting } from "./do-run.ts";
import type { JobServices } from "./job-services.ts";
import { lastDue } from "./schedule/due.ts";
import { missingAddress } from "./schedule/missing-address.ts";

const askedFirst = 20;

/** What a look found, and saw to. */
export interface LookedAfter {
  /** Connectors whose time had come. */
  readonly asked: readonly string[];
  /** Runs whose worker was not heard of any more. */
  readonly givenUp: readonly string[];
  /** Runs that the queue had lost. */
  readonly putBack: readonly string[];
}

/**
 * What every worker looks after, several times a minute, so that nothing depends on one of them, nor on what the queue remembers: runs whose time has come,
 * runs whose worker is gone, runs that the queue lost. Two workers that look at the same moment do nothing twice.
 */
export async function lookAfter(jobs: JobServices): Promise<LookedAfter> {
  // What fails in one of them keeps none of the others from being seen to.
  const [asked, givenUp, putBack] = [
    await settled(askDueRuns(jobs)),
    await settled(giveUpSilentRuns(jobs)),
    await settled(putBackLostRuns(jobs)),
  ];
  return { asked: gave(asked), givenUp: gave(givenUp), putBack: gave(putBack) };
}

async function settled<T>(work: Promise<T>): Promise<PromiseSettledResult<T>> {
  const [result] = await Promise.allSettled([work]);
  return result;
}

function gave<T>(result: PromiseSettledResult<T>): T {
  if (result.status === "rejected") throw result.reason;
  return result.value;
}

/** Asks for every run whose time has come; gives their connectors. What was due while nobody looked is made up for, once, for a day. */
export async function askDueRuns({ services, queue, connectors }: JobServices): Promise<string[]> {
  const { catalogue, clock } = services;
  const now = clock.now();
  const pauses = new Set((await catalogue.pauses.list()).map(({ connector }) => connector));
  const seenTo = await catalogue.dueTimes.list();
  const asked: string[] = [];
  let queueAnswers = true;
  for (const { definition } of await connectors()) {
    const { id } = definition;
    if (pauses.has(id) || missingAddress(definition, services.environment) !== null) continue;
    const seen = seenTo.get(id);
    // A connector that is new begins with its next time: nothing of it was missed.
    if (seen === undefined) {
      if (definition.state === "active") await catalogue.dueTimes.claim(id, now);
      continue;
    }
    const due = lastDue(definition, now);
    if (due === null || due <= seen) continue;
    const ask = { connector: id, options: {}, by: bySchedule, now };
    const found = await catalogue.runQueue.askDue(ask, due);
    if (found === null) continue;
    // One wait for a server that is down is enough: what is not put in now, a later look puts in.
    if (queueAnswers) queueAnswers = (await putAsked(queue, ask, found)).queued;
    asked.push(id);
  }
  return asked;
}

async function giveUpSilentRuns(jobs: JobServices): Promise<string[]> {
  const { services, settings } = jobs;
  const { runQueue, runs } = services.catalogue;
  // A little later than the queue itself, which gives the job to another worker.
  const silent = await runQueue.silent(settings.lockSeconds * 1.5);
  for (const runId of silent) {
    await runQueue.giveUp(runId, { leaseSeconds: settings.lockSeconds, mostTries, now: services.clock.now() });
    const connector = (await runs.find(runId))?.connector;
    if (connector !== undefined) await putWaiting(jobs, connector);
  }
  return silent;
}

async function putBackLostRuns({ services, queue }: JobServices): Promise<string[]> {
  const waiting = await services.catalogue.runQueue.waiting();
  if (waiting.length === 0) return [];
  const { waiting: queued, delayed } = await queue.depth();
  if (queued + delayed >= waiting.length) return [];
  // Jobs that began between the two questions look as if they were lost: those that have waited longest tell whether to ask for all.
  const ids = waiting.map(({ runId }) => runId);
  if ((await queue.missing(ids.slice(0, askedFirst))).length === 0) return [];
  const lost = new Set(await queue.missing(ids));
  for (const run of waiting) {
    if (lost.has(run.runId)) await queue.put(run, { afterMs: run.seconds * 1000, urgent: run.askedBy !== bySchedule });
  }
  return [...lost];
}
