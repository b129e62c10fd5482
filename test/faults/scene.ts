import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import type { Cell } from "./cells.ts";
import { type Crew, stopWorker, type Victim } from "./crew.ts";
import type { LastingWatch, Scene } from "./fault.ts";
import type { Lane } from "./lane.ts";
import { programIn } from "./newer-version.ts";
import type { Place } from "./place.ts";
import type { Readiness, WorkerProcess } from "./worker-process.ts";

const lookEveryMs = 200;
/** Pause of a supervisor before it starts an ended worker again. */
const superviseEveryMs = 1000;

/** What happened during a long fault. */
export interface Watched {
  readonly problems: string[];
  /** The last answer on `/ready` of each worker that has not ended. */
  readonly answers: Map<WorkerProcess, Readiness | null>;
}

/** Creates the scene of a fault. `watched`: filled by faults that last. */
export function sceneOf(
  lane: Lane,
  place: Place,
  cell: Cell,
  turn: number,
  crew: Crew,
  { worker: victim, pid }: Victim,
  watched: Watched,
): Scene {
  const goOn = () => {
    for (const worker of crew.workers) worker.go();
    lane.publisher.release();
  };
  return {
    ...{ lane, place, victim, turn, goOn, queue: cell.queue, stage: cell.stage, lockSeconds: cell.lockSeconds },
    haltedPid: pid,
    others: crew.workers.filter((worker) => worker !== victim),
    clockFile: crew.kitOf(victim).clockFile,
    untilTakenOver: async (seconds) => {
      // The other worker takes over the victim's runs.
      for (const worker of crew.workers) if (worker !== victim) worker.go();
      await within(seconds, async () => "databaseUrl" in place && !(await hasRun(place.databaseUrl, victim)), cell.lockSeconds);
    },
    untilSomethingFailed: (seconds) =>
      within(seconds, async () => crew.workers.some((worker) => worker.hasEnded() || worker.lastWords().includes('"run failed"'))),
    spoolOf: (worker) => crew.kitOf(worker).spool,
    startNewer: (root) => void crew.start(false, { program: programIn(root) }),
    stopOlder: async () => {
      for (const worker of crew.workers.filter((one) => crew.kitOf(one).program === undefined)) {
        crew.mourned.add(worker);
        watched.problems.push(...(await stopWorker(worker)));
      }
    },
    last: (watch = {}) => lastIn(place, cell, crew, watch, watched),
  };
}

/** Time between a signal and the end of a process on a busy machine. */
const diesWithinMs = 10_000;

/** See `Scene.last`. */
async function lastIn(place: Place, cell: Cell, crew: Crew, { onStage }: LastingWatch, { problems, answers }: Watched): Promise<void> {
  const isEmbedded = "home" in place;
  const end = performance.now() + (cell.lasts ?? 0) * 1000;
  const listened = new Set<WorkerProcess>();
  // A worker that was killed in the last moment has yet to end, and is replaced too.
  const isDying = () => performance.now() < end + diesWithinMs && crew.workers.some((one) => one.child.killed && !crew.mourned.has(one));
  while (performance.now() < end || isDying()) {
    for (const worker of crew.workers.filter((one) => onStage !== undefined && !listened.has(one))) {
      listened.add(worker);
      worker.onStage((pid) => performance.now() < end && onStage?.(worker, pid));
    }
    for (const worker of crew.workers.filter((one) => one.hasEnded() && !crew.mourned.has(one))) {
      crew.mourned.add(worker);
      answers.delete(worker);
      if (!isEmbedded && cell.fault.lasting?.endsWorkers !== true)
        problems.push(`a worker ended by itself (${await worker.ended}): ${worker.lastWords().slice(-600)}`);
      const next = crew.start(onStage !== undefined, { insteadOf: worker });
      if (onStage === undefined) next.go();
    }
    if (!isEmbedded)
      await Promise.all(crew.workers.filter((one) => !one.hasEnded()).map(async (worker) => answers.set(worker, await worker.readiness())));
    await delay(Math.max(lookEveryMs, Math.min(superviseEveryMs, end - performance.now())));
  }
}

/** Polls until the condition is true or the time is over, but at least `atLeast` seconds. */
async function within(seconds: number, isSo: () => Promise<boolean>, atLeast = 0): Promise<void> {
  const begun = performance.now();
  const elapsed = () => (performance.now() - begun) / 1000;
  while (elapsed() < seconds && (elapsed() < atLeast || !(await isSo().catch(() => false)))) await delay(lookEveryMs);
}

/** Returns true if a job waits or belongs to the worker. An unclaimed run has no worker. */
async function hasRun(databaseUrl: string, { child }: WorkerProcess): Promise<boolean> {
  const client = postgres(databaseUrl, { max: 1, connect_timeout: 2 });
  try {
    const found =
      await client`select 1 from moisson.runs where state = 'queued' or (state = 'running' and worker like ${`%:${child.pid ?? 0}:%`})`;
    return found.length > 0;
  } finally {
    await client.end({ timeout: 1 });
  }
}
