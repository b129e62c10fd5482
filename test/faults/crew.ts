import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Cell } from "./cells.ts";
import { clockFrom } from "./fake-clock.ts";
import { type Lane, queueName, tonight } from "./lane.ts";
import type { Place } from "./place.ts";
import type { SmallDisk } from "./small-disk.ts";
import { startWorkerProcess, type WorkerProcess } from "./worker-process.ts";

/** The workers of a night. */
export interface Crew {
  readonly workers: readonly WorkerProcess[];
  /** Workers whose end is known. */
  readonly mourned: Set<WorkerProcess>;
  /**
   * Starts another worker. `halts`: the worker halts at the cell's stage. `insteadOf`: an ended worker, whose temporary folder and program it
   * gets. `program`: ours by default.
   */
  start(halts: boolean, from?: { readonly insteadOf?: WorkerProcess; readonly program?: string }): WorkerProcess;
  /** Returns what a worker was started with. */
  kitOf(worker: WorkerProcess): Kit;
  /** Returns the first worker with a run at the stage. Throws if no run reaches the stage in time. */
  victim(): Promise<Victim>;
}

/** What a worker was started with. `clockFile`: its time, for faults that set clocks. `program`: undefined if it is ours. */
interface Kit {
  readonly clockFile: string;
  readonly spool: SmallDisk;
  readonly program: string | undefined;
}

/** The worker that a fault hits. */
export interface Victim {
  readonly worker: WorkerProcess;
  /** The process that halts at the stage: the worker or the process of a run. */
  readonly pid: number;
}

/** Ports for the health of workers, below those that systems give to clients. */
let nextPort = 21_000 + (process.pid % 5000);

const comesWithinMs = 180_000;
const endsWithinMs = 30_000;

/** Returns a crew for a cell, without workers. */
export function crewOf(lane: Lane, place: Place, cell: Cell, name: string): Crew {
  const workers: WorkerProcess[] = [];
  const kits = new Map<WorkerProcess, Kit>();
  const stalled = cell.stage === "fetch" ? lane.publisher.stallNext() : null;
  const kitOf = (worker: WorkerProcess | undefined) => (worker === undefined ? undefined : kits.get(worker));
  const start: Crew["start"] = (halts, { insteadOf, program = kitOf(insteadOf)?.program } = {}) => {
    const port = nextPort++;
    const clockFile = join(lane.logs, `${name}-${workers.length}.clock`);
    const spool = kitOf(insteadOf)?.spool ?? (lane.spools[workers.length % lane.spools.length] as SmallDisk);
    const worker = startWorkerProcess({
      ...(program !== undefined && { program }),
      stage: halts ? cell.stage : "none",
      environment: {
        ...environmentOf(lane, place, cell),
        TMPDIR: spool.folder,
        MOISSON_PORT: String(port),
        ...(cell.fault.setsClock ? clockFrom(clockFile) : { MOISSON_NOW: tonight }),
      },
      args: "home" in place ? ["--once"] : [],
      logFile: join(lane.logs, `${name}-${workers.length}.log`),
    });
    workers.push(worker);
    kits.set(worker, { clockFile, spool, program });
    return worker;
  };
  const atFetch = async () => {
    const feed = await stalled;
    for (;;) {
      for (const worker of workers) {
        const pid = worker.asked.get(feed ?? "");
        if (pid !== undefined) return { worker, pid };
      }
      await delay(20);
    }
  };
  return {
    workers,
    start,
    mourned: new Set(),
    kitOf: (worker) => kits.get(worker) as Kit,
    victim: async () => {
      const first =
        cell.stage === "fetch" ? atFetch() : Promise.race(workers.map((worker) => worker.atStage.then((pid) => ({ worker, pid }))));
      const late = new AbortController();
      const tooLate = delay(comesWithinMs, null, { signal: late.signal }).catch(() => null);
      const found = await Promise.race([first, tooLate]);
      late.abort();
      if (found === null) throw new Error(`no run came to ${cell.stage}: ${workers.map((worker) => worker.lastWords()).join(" | ")}`);
      return found;
    },
  };
}

function environmentOf(lane: Lane, place: Place, cell: Cell): NodeJS.ProcessEnv {
  return {
    ...("home" in place ? { MOISSON_HOME: place.home, DATABASE_URL: "" } : { DATABASE_URL: place.databaseUrl }),
    REDIS_URL: cell.queue === "redis" ? lane.redis.url : "",
    MOISSON_QUEUE: queueName,
    MOISSON_CONNECTORS: lane.connectors,
    MOISSON_ALLOW_HOSTS: lane.allowHosts,
    MOISSON_LOCK_SECONDS: String(cell.lockSeconds),
    ...(cell.settings === "short" && { MOISSON_TICK_SECONDS: "1", MOISSON_GRACE_SECONDS: "5" }),
    MOISSON_RETRY_SECONDS: String(cell.retrySeconds),
    MOISSON_RUNS_AT_ONCE: "home" in place ? "1" : "2",
    MOISSON_LINK_CHECKS: "no",
    HEARTBEAT_URL: "",
    MOISSON_LOG: "info",
  };
}

/** Kills the lost worker and stops the others. Returns descriptions of problems. */
export async function endCrew({ workers }: Crew, lost: WorkerProcess | null): Promise<string[]> {
  lost?.signal("SIGKILL");
  const alive = workers.filter((worker) => worker !== lost && !worker.hasEnded());
  return (await Promise.all(alive.map(stopWorker))).flat();
}

/** Stops a worker. Returns descriptions of problems. */
export async function stopWorker(worker: WorkerProcess): Promise<string[]> {
  if (worker.hasEnded()) return [];
  worker.signal("SIGTERM");
  const late = new AbortController();
  const end = await Promise.race([worker.ended, delay(endsWithinMs, "late", { signal: late.signal }).catch(() => "late")]);
  late.abort();
  // SIGTERM ends a worker that is still starting, like any process.
  if (end === 0 || (end === "SIGTERM" && !worker.lastWords().includes("working: "))) return [];
  return [
    end === "late"
      ? "a worker does not stop at SIGTERM"
      : `a worker that was told to stop ended with ${end}: ${worker.lastWords().slice(-300)}`,
  ];
}
