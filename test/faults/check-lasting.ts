import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { causeSentence } from "../../src/jobs/monitoring/trouble.ts";
import { goodOutcomes, machineCauseOfError, type Outcome } from "../../src/model/run/run-error.ts";
import type { RunReport } from "../../src/model/run/run-report.ts";
import type { Cell } from "./cells.ts";
import type { Crew } from "./crew.ts";
import type { Lasting } from "./fault.ts";
import type { OpenedPlace } from "./place.ts";
import type { Readiness, WorkerProcess } from "./worker-process.ts";

/** Time for the self-tests of workers after a fault. */
const wellWithinMs = 90_000;
const lookEveryMs = 500;

/** Waits until all workers are ready again. Returns the others as problems. */
export async function untilWell({ workers }: Crew): Promise<string[]> {
  const deadline = performance.now() + wellWithinMs;
  for (;;) {
    const answers = await Promise.all(workers.filter((worker) => !worker.hasEnded()).map((worker) => worker.readiness()));
    const sick = answers.filter((answer) => answer?.isReady !== true);
    if (sick.length === 0) return [];
    if (performance.now() > deadline) return sick.map((answer) => `a worker stays sick after the fault: ${answer?.words ?? "no answer"}`);
    await delay(lookEveryMs);
  }
}

/** Checks the tries of a night with a long fault, and what ops read. Returns descriptions of problems; none for other faults. */
export async function checkLasting(
  opened: OpenedPlace,
  { fault: { lasting } }: Cell,
  crew: Crew,
  victim: WorkerProcess,
  answers: ReadonlyMap<WorkerProcess, Readiness | null>,
): Promise<string[]> {
  if (lasting === undefined) return [];
  return [
    ...(await triesUsed(opened, lasting)),
    ...(await causesOfRuns(opened, lasting)),
    ...(await machineFaults(opened, lasting)),
    ...[...answers].flatMap(([worker, answer]) => readyProblems(lasting, isSick(lasting, crew, worker, victim), answer)),
  ];
}

async function triesUsed({ store }: OpenedPlace, { mayUseTries }: Lasting): Promise<string[]> {
  if (mayUseTries) return [];
  const used = await store.rows<{ connector: string; tries: number }>(
    sql`select connector, max(try)::int as tries from runs where asked_by is not null group by connector having max(try) > 1 order by 1`,
  );
  return used.map(({ connector, tries }) => `${connector} used ${tries - 1} tries for the machine's fault`);
}

/** Returns the failed runs whose outcome names another cause. */
async function causesOfRuns({ store }: OpenedPlace, lasting: Lasting): Promise<string[]> {
  const ended = await store.rows<{ outcome: Outcome; error: RunReport["error"]; runs: number }>(sql`
    select outcome, report -> 'error' as error, count(*)::int as runs from runs where asked_by is not null and state = 'ended' group by 1, 2`);
  return ended.flatMap(({ outcome, error, runs }) => {
    if (goodOutcomes.has(outcome) || error?.code === "handed-back") return [];
    const named = error === null ? null : machineCauseOfError(error.code, error.params);
    const cause = named ?? (outcome === "abandoned" ? "worker-lost" : null);
    return isTrue(lasting, cause) ? [] : [`${runs} runs name ${cause ?? "no cause"}: ${outcome} ${JSON.stringify(error)}`];
  });
}

/** Returns what is wrong in the list of machine faults, which has one row for each cause and place. */
async function machineFaults({ catalogue }: OpenedPlace, lasting: Lasting): Promise<string[]> {
  const stored = await catalogue.machineFaults.since(new Date(0));
  const rows = stored.map(({ cause, place, endedAt, waited }) => ({ cause, place, isOver: endedAt !== null, waited }));
  const problems = rows.flatMap((row) => {
    if (!isTrue(lasting, row.cause)) return [`another machine fault is stored: ${JSON.stringify(row)}`];
    return row.isOver ? [] : [`a machine fault is not over: ${JSON.stringify(row)}`];
  });
  const isStored = lasting.sick === "none" || lasting.cause === "redis-away" || rows.some(({ cause }) => cause === lasting.cause);
  return isStored ? problems : [...problems, `the machine fault ${lasting.cause} is not stored`];
}

function readyProblems({ cause, endsWorkers }: Lasting, isSick: boolean, answer: Readiness | null): string[] {
  if (answer === null && (isSick || endsWorkers)) return []; // it was starting or ending
  if (!isSick) return answer?.isReady === true ? [] : [`a healthy worker says on /ready: ${answer?.words ?? "nothing"}`];
  if (answer?.isReady !== false) return ["a sick worker says on /ready that it is ready"];
  return answer.words.includes(causeSentence(cause)) ? [] : [`a sick worker says on /ready: ${answer.words.trim()}`];
}

function isSick({ sick }: Lasting, crew: Crew, worker: WorkerProcess, victim: WorkerProcess): boolean {
  if (sick === "victim") return worker === victim;
  return sick === "all" || (sick === "older" && crew.kitOf(worker).program === undefined);
}

function isTrue({ cause, besides = [] }: Lasting, named: string | null): boolean {
  return named === cause || besides.some((other) => other === named);
}
