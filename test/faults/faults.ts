import { rename, writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { Fault } from "./fault.ts";
import type { BrokenWay } from "./publisher-server.ts";
import type { WorkerProcess } from "./worker-process.ts";

const maxReadyLooks = 60;

async function isAnyReady(workers: readonly WorkerProcess[]): Promise<boolean> {
  return (await Promise.all(workers.map((worker) => worker.isReady()))).some((isReady) => isReady);
}

export const kill: Fault = {
  name: "kill",
  words: "kill -9 of the worker",
  tries: 20,
  losesVictim: true,
  async strike({ victim }) {
    victim.signal("SIGKILL");
    await victim.ended;
  },
};

const killProcess: Fault = {
  name: "kill-process",
  words: "kill -9 of the process that executes the run, a child of the worker",
  tries: 20,
  async strike({ haltedPid }) {
    process.kill(haltedPid, "SIGKILL");
  },
};

const block: Fault = {
  name: "block",
  words: "the worker's event loop is busy for 1.8 times the lock time",
  tries: 20,
  strike: ({ victim, lockSeconds }) => victim.block(lockSeconds * 1800),
};

const stop: Fault = {
  name: "stop",
  words: "SIGSTOP of the worker, then SIGCONT when another worker has taken its run over, or after 2.5 times the lock time",
  tries: 20,
  async strike({ victim, lockSeconds, untilTakenOver }) {
    victim.signal("SIGSTOP");
    await untilTakenOver(lockSeconds * 2.5);
    victim.signal("SIGCONT");
  },
};

const freeze: Fault = {
  name: "freeze",
  words: "SIGSTOP of the worker for good, like a machine that is lost with its connections open",
  tries: 20,
  losesVictim: true,
  async strike({ victim, others }) {
    victim.signal("SIGSTOP");
    if (await victim.isReady()) throw new Error("a frozen worker says that it is ready");
    // The others may still be starting.
    for (let looks = 0; !(await isAnyReady(others)); looks++) {
      if (looks === maxReadyLooks) throw new Error("no other worker is ready");
      await delay(500);
    }
  },
};

const redisCrash: Fault = {
  name: "redis-crash",
  words: "kill -9 of Redis, which then restarts from its append-only file",
  tries: 5,
  async strike({ lane }) {
    await lane.redis.kill();
    await lane.redis.ensureUp();
  },
};

const redisEmptied: Fault = {
  name: "redis-emptied",
  words: "FLUSHALL on Redis",
  tries: 5,
  async strike({ lane }) {
    await lane.redis.ask("FLUSHALL");
  },
};

/** A crash also empties unlogged tables. */
const databaseRestart: Fault = {
  name: "database-restart",
  words: "PostgreSQL restarts, alternately after a crash (SIGQUIT) and a fast stop",
  tries: 5,
  strike: ({ lane, turn }) => lane.postgresql.restart(turn % 2 === 0 ? "crash" : "fast"),
};

const connectionsCut: Fault = {
  name: "connections-cut",
  words: "pg_terminate_backend of every connection, and CLIENT KILL on Redis",
  tries: 5,
  async strike({ lane, queue }) {
    await lane.postgresql.ask("select pg_terminate_backend(pid) from pg_stat_activity where datname like 'night%'");
    if (queue === "redis") await lane.redis.ask("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
  },
};

const catalogueDiskFull: Fault = {
  name: "catalogue-disk-full",
  words: "the disk of the catalogue and its snapshots is full, and so is that of its log, until a run fails, for 8 s at most",
  tries: 5,
  async strike({ lane, queue, goOn, untilSomethingFailed }) {
    await Promise.all([lane.disk.fill(), lane.logDisk.fill()]);
    goOn();
    await untilSomethingFailed(8);
    await Promise.all([lane.disk.free(), lane.logDisk.free()]);
    // PostgreSQL stops by itself if its log has no space.
    if (queue !== "in-process") await lane.postgresql.ensureUp();
  },
};

const spoolDiskFull: Fault = {
  name: "spool-disk-full",
  words: "the disks for downloads are full until a run fails, for 8 s at most",
  tries: 5,
  async strike({ lane, goOn, untilSomethingFailed }) {
    await Promise.all(lane.spools.map((spool) => spool.fill()));
    goOn();
    await untilSomethingFailed(8);
    await Promise.all(lane.spools.map((spool) => spool.free()));
  },
};

/** A fault of the publisher's server, in the middle of the feed. `more`: number of later requests that it breaks too. */
function brokenFeed({ name, words, how, more }: Pick<Fault, "name" | "words"> & { readonly how: BrokenWay; readonly more: number }): Fault {
  return { name, words, tries: 5, strike: async ({ lane }) => lane.publisher.break(how, more) };
}

const networkCut = brokenFeed({
  name: "network-cut",
  words: "the connection to the publisher breaks in the middle of the feed, three times in a row",
  how: "cut",
  more: 2,
});

const bodyTooShort = brokenFeed({
  name: "body-too-short",
  words: "the publisher's server ends the feed before its Content-Length, three times in a row",
  how: "too-short",
  more: 2,
});

const closeDelimited = brokenFeed({
  name: "close-delimited",
  words: "the connection to the publisher breaks; its server then answers with 5 MB of HTTP/1.0 that end with the connection",
  how: "close-delimited",
  more: 1,
});

const clockJump: Fault = {
  name: "clock-jump",
  words: "the worker's clock jumps by two hours, alternately forward and back",
  tries: 5,
  setsClock: true,
  strike: ({ clockFile, turn }) => setClock(clockFile, turn % 2 === 0 ? "+7200" : "-7200"),
};

const clockAhead: Fault = {
  name: "clock-ahead",
  words: "the worker's clock is two days ahead for five seconds, before two nights whose runs the schedule starts",
  tries: 5,
  setsClock: true,
  isBeforeTwoNights: true,
  async strike({ clockFile }) {
    await setClock(clockFile, "+172800");
    await delay(5000);
    await setClock(clockFile, "+0");
  },
};

/** Replaces the file in one step, because a half-written file ends the worker. */
async function setClock(file: string, offset: string): Promise<void> {
  await writeFile(`${file}.new`, offset);
  await rename(`${file}.new`, file);
}

export const faults: readonly Fault[] = [
  kill,
  killProcess,
  block,
  stop,
  freeze,
  redisCrash,
  redisEmptied,
  databaseRestart,
  connectionsCut,
  catalogueDiskFull,
  spoolDiskFull,
  networkCut,
  bodyTooShort,
  closeDelimited,
  clockJump,
  clockAhead,
];
