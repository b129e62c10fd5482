import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Cell } from "./cells.ts";
import { clockFrom } from "./fake-clock.ts";
import { type Lane, queueName, tonight } from "./lane.ts";
import type { Place } from "./place.ts";
import { startWorkerProcess, type WorkerProcess } from "./worker-process.ts";

/** The workers of a night. */
export interface Crew {
  readonly workers: readonly WorkerProcess[];
  /** Starts another worker. `halts`: the worker halts at the cell's stage. */
  start(halts: boolean): WorkerProcess;
  /** Returns the file with a worker's time, for faults that set clocks. */
  clockFileOf(worker: WorkerProcess): string;
  /** Returns the first worker with a run at the stage. Throws if no run reaches the stage in time. */
  victim(): Promise<Victim>;
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
  const clockFiles = new Map<WorkerProcess, string>();
  const stalled = cell.stage === "fetch" ? lane.publisher.stallNext() : null;
  const start = (halts: boolean) => {
    const port = nextPort++;
    const clockFile = join(lane.logs, `${name}-${workers.length}.clock`);
    const worker = startWorkerProcess({
      stage: halts ? cell.stage : "none",
      environment: {
        ...environmentOf(lane, place, cell),
        MOISSON_PORT: String(port),
        ...(cell.fault.setsClock ? clockFrom(clockFile) : { MOISSON_NOW: tonight }),
      },
      args: "home" in place ? ["--once"] : [],
      logFile: join(lane.logs, `${name}-${workers.length}.log`),
    });
    workers.push(worker);
    clockFiles.set(worker, clockFile);
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
    clockFileOf: (worker) => clockFiles.get(worker) ?? "",
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
    MOISSON_TICK_SECONDS: "1",
    MOISSON_RETRY_SECONDS: "1",
    MOISSON_GRACE_SECONDS: "5",
    MOISSON_RUNS_AT_ONCE: "home" in place ? "1" : "2",
    MOISSON_LINK_CHECKS: "no",
    HEARTBEAT_URL: "",
    MOISSON_LOG: "info",
    TMPDIR: lane.spool.folder,
  };
}

/** Kills the lost worker and stops the others. Returns descriptions of problems. */
export async function endCrew({ workers }: Crew, lost: WorkerProcess | null): Promise<string[]> {
  lost?.signal("SIGKILL");
  const alive = workers.filter((worker) => worker !== lost && !worker.hasEnded());
  const problems = await Promise.all(
    alive.map(async (worker) => {
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
    }),
  );
  return problems.flat();
}
