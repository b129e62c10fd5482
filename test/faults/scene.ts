import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import type { Cell } from "./cells.ts";
import type { Crew, Victim } from "./crew.ts";
import type { Scene } from "./fault.ts";
import type { Lane } from "./lane.ts";
import type { Place } from "./place.ts";
import type { WorkerProcess } from "./worker-process.ts";

const lookEveryMs = 200;

/** Creates the scene of a fault. */
export function sceneOf(lane: Lane, place: Place, cell: Cell, turn: number, crew: Crew, { worker: victim, pid }: Victim): Scene {
  const goOn = () => {
    for (const worker of crew.workers) worker.go();
    lane.publisher.release();
  };
  return {
    ...{ lane, place, victim, turn, goOn, queue: cell.queue, stage: cell.stage, lockSeconds: cell.lockSeconds },
    haltedPid: pid,
    others: crew.workers.filter((worker) => worker !== victim),
    clockFile: crew.clockFileOf(victim),
    untilTakenOver: async (seconds) => {
      // The other worker takes over the victim's runs.
      for (const worker of crew.workers) if (worker !== victim) worker.go();
      await within(seconds, async () => "databaseUrl" in place && !(await hasRun(place.databaseUrl, victim)), cell.lockSeconds);
    },
    untilSomethingFailed: (seconds) =>
      within(seconds, async () => crew.workers.some((worker) => worker.hasEnded() || worker.lastWords().includes('"run failed"'))),
  };
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
