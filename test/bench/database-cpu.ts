import { readFileSync } from "node:fs";
import postgres from "postgres";
import { ticksOf } from "./console-cpu.ts";

const ticksPerSecond = 100;
const lookMs = 20;
/** New backends are looked for once in this many looks. */
const looksPerQuery = 5;

/** Adds up the CPU time of a database's backends. */
export interface DatabaseCpu {
  /** Returns the CPU seconds since the start, or null if the server's processes are not visible here. */
  stop(): Promise<number | null>;
}

/**
 * Watches all backends of a database, including parallel workers. Their CPU time is in `/proc`, so the server must run on this machine. The
 * last 20 ms of a backend that ends are not counted.
 */
export async function watchDatabaseCpu(databaseUrl: string): Promise<DatabaseCpu> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  const backends = new Map<number, { readonly before: number; now: number }>();
  let [looks, isReadable] = [0, backendTicks(await ownPid(sql)) !== null];
  let asking: Promise<void> | null = null;
  const findBackends = async () => {
    const rows = await sql<{ pid: number }[]>`
      select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
    for (const { pid } of rows) {
      if (backends.has(pid)) continue;
      const now = backendTicks(pid);
      // A backend that is new since the start began at zero.
      if (now !== null) backends.set(pid, { before: looks === 0 ? now : 0, now });
    }
  };
  const look = () => {
    for (const [pid, backend] of backends) backend.now = Math.max(backend.now, backendTicks(pid) ?? 0);
    if (++looks % looksPerQuery !== 0 || asking !== null) return;
    asking = findBackends()
      .catch(() => {
        isReadable = false;
      })
      .finally(() => {
        asking = null;
      });
  };
  await findBackends();
  const timer = setInterval(look, lookMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await asking;
      look();
      await asking;
      await sql.end();
      const ticks = [...backends.values()].reduce((sum, { before, now }) => sum + now - before, 0);
      return isReadable ? ticks / ticksPerSecond : null;
    },
  };
}

async function ownPid(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  return row?.pid ?? 0;
}

/** Returns the CPU ticks of a PostgreSQL process, or null if it does not exist. */
export function backendTicks(pid: number): number | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.includes("(postgres)") ? ticksOf(text) : null;
  } catch {
    return null;
  }
}
