import type { Fault, Scene } from "./fault.ts";
import type { Lane } from "./lane.ts";
import { migrateToNewer, newerVersion, undoNewer } from "./newer-version.ts";
import type { Place } from "./place.ts";

/** A fault that lasts: `begin` and `end` enclose the seconds of the cell. */
function lasting(
  fault: Omit<Fault, "strike" | "tries">,
  begin: (scene: Scene) => Promise<void>,
  end: (scene: Scene) => Promise<void>,
): Fault {
  return {
    ...{ tries: 5, ...fault },
    strike: async (scene) => {
      await begin(scene);
      scene.goOn();
      await scene.last().finally(() => end(scene));
    },
  };
}

const noDisk = lasting(
  {
    name: "no-disk",
    needsDisks: true,
    words: "the disk of the catalogue is full, alternately without and with that of PostgreSQL's log",
    lasting: {
      stage: "plan",
      cause: "disk-full",
      // PostgreSQL stops if its log has no room.
      besides: ["database-away"],
      sick: "all",
    },
  },
  async ({ lane, turn }) => {
    await lane.disk.fill();
    if (turn % 2 === 1) await lane.logDisk.fill();
  },
  async ({ lane, queue }) => {
    await Promise.all([lane.disk.free(), lane.logDisk.free()]);
    if (queue !== "in-process") await lane.postgresql.ensureUp();
  },
);

const noConnection = lasting(
  {
    name: "no-connection",
    words: "the database accepts no further connection, and the open ones are cut",
    lasting: { stage: "plan", cause: "no-free-connection", besides: ["database-away"], sick: "all" },
  },
  async ({ lane, place }) => {
    const database = databaseOf(place);
    await lane.postgresql.ask(`alter database ${database} connection limit 0`);
    await lane.postgresql.ask(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}'`);
  },
  async ({ lane, place }) => void (await lane.postgresql.ask(`alter database ${databaseOf(place)} connection limit -1`)),
);

const noRedis = lasting(
  {
    name: "no-redis",
    words: "kill -9 of Redis, which starts again from its append-only file when the fault is over",
    lasting: { stage: "plan", cause: "redis-away", sick: "all" },
  },
  ({ lane }) => lane.redis.kill(),
  ({ lane }) => lane.redis.ensureUp(),
);

const noCommit = lasting(
  {
    name: "no-commit",
    words: "every commit hangs, because it waits for a standby that does not exist",
    // No heartbeat is stored either, so that another worker may count a run as lost.
    lasting: { stage: "plan", cause: "database-away", besides: ["worker-lost"], sick: "all" },
  },
  ({ lane }) => setStandby(lane, "set synchronous_standby_names = 'nobody'"),
  ({ lane }) => setStandby(lane, "reset synchronous_standby_names"),
);

const neighbourNoSpool = lasting(
  {
    name: "neighbour-no-spool",
    needsDisks: true,
    words: "the temporary folder of one of two workers is full",
    lasting: {
      stage: "fetch",
      cause: "temporary-disk-full",
      sick: "victim",
    },
  },
  ({ spoolOf, victim }) => spoolOf(victim).fill(),
  ({ spoolOf, victim }) => spoolOf(victim).free(),
);

const noSpool = lasting(
  {
    name: "no-spool",
    needsDisks: true,
    words: "the temporary folders of all workers are full",
    lasting: { stage: "fetch", cause: "temporary-disk-full", sick: "all" },
  },
  async ({ lane }) => void (await Promise.all(lane.spools.map((spool) => spool.fill()))),
  async ({ lane }) => void (await Promise.all(lane.spools.map((spool) => spool.free()))),
);

const killAtEveryTry: Fault = {
  name: "kill-at-every-try",
  words: "kill -9 of every worker that brings a run to the stage; it starts again like under a supervisor",
  tries: 20,
  lasting: {
    stage: "plan",
    cause: "worker-lost",
    sick: "none",
    endsWorkers: true,
    mayUseTries: true,
  },
  async strike({ victim, last }) {
    victim.signal("SIGKILL");
    await last({ onStage: (worker) => worker.signal("SIGKILL") });
  },
};

const killProcessAtEveryTry: Fault = {
  name: "kill-process-at-every-try",
  words: "kill -9 of every process that brings a run to the stage, children of the workers",
  tries: 20,
  lasting: { stage: "plan", cause: "worker-lost", sick: "none", mayUseTries: true },
  async strike({ haltedPid, last }) {
    endProcess(haltedPid);
    await last({ onStage: (_, pid) => endProcess(pid) });
  },
};

/** The harness, and so the two first workers, are the older version. */
const olderVersion: Fault = {
  name: "older-version",
  words: "two workers of an older version go on beside one of the new version, which has migrated the database",
  tries: 5,
  lasting: {
    stage: "queued",
    cause: "schema-unknown",
    sick: "older",
    endsWorkers: true,
  },
  async strike({ lane, place, startNewer, goOn, last, stopOlder }) {
    const root = await newerVersion(lane.logs);
    await migrateToNewer(root, "databaseUrl" in place ? place.databaseUrl : "");
    startNewer(root);
    goOn();
    await last().finally(stopOlder);
  },
  undo: ({ lane, place }) => undoNewer((statement) => lane.postgresql.ask(statement, databaseOf(place))),
};

function databaseOf(place: Place): string {
  return "databaseUrl" in place ? new URL(place.databaseUrl).pathname.slice(1) : "";
}

async function setStandby({ postgresql }: Lane, how: string): Promise<void> {
  await postgresql.ask(`alter system ${how}`);
  await postgresql.ask("select pg_reload_conf()");
}

/** Ends a process, which may have ended meanwhile. */
function endProcess(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}

/** Faults that last longer than all tries of a run. */
export const longFaults: readonly Fault[] = [
  noDisk,
  noConnection,
  noRedis,
  noCommit,
  neighbourNoSpool,
  noSpool,
  killAtEveryTry,
  killProcessAtEveryTry,
  olderVersion,
];
