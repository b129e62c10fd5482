import { readFile } from "node:fs/promises";
import { sql } from "drizzle-orm";
import type { Connection } from "../../src/catalogue/connection/connection.ts";

/** Length of a tick in `/proc/…/stat` on Linux. */
const tickMs = 10;

/** CPU time of every server process seen so far, including those that have ended. */
const used = new Map<number, number>();

/**
 * Returns the CPU milliseconds of this process (which includes an embedded catalogue) and of its connections' server processes on this
 * machine. Unlike elapsed time, they exclude other work on the machine.
 */
export async function cpuUsed({ kind, store }: Connection): Promise<number> {
  const { user, system } = process.cpuUsage();
  const servers =
    kind === "embedded" ? [] : await store.rows<{ pid: number }>(sql`select pid from pg_stat_activity where datname = current_database()`);
  for (const { pid } of servers) {
    const ticks = await readFile(`/proc/${pid}/stat`, "utf8").then(ticksOf, () => 0);
    used.set(pid, Math.max(ticks, used.get(pid) ?? 0));
  }
  const ofServers = [...used.values()].reduce((sum, ticks) => sum + ticks, 0) * tickMs;
  return (user + system) / 1000 + ofServers;
}

/** Returns the ticks in a `/proc/…/stat`. User and system time are the 12th and 13th field after the name, which may contain anything. */
export function ticksOf(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11]) + Number(fields[12]);
}
