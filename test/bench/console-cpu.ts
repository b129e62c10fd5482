import { readFile } from "node:fs/promises";
import { sql } from "drizzle-orm";
import type { Connection } from "../../src/catalogue/connection/connection.ts";

/** A tick of `/proc/…/stat`, on every Linux that we know. */
const tickMs = 10;

/** Of every server process that was seen: those that have ended are not forgotten. */
const used = new Map<number, number>();

/**
 * Milliseconds of CPU that this process (with the embedded catalogue in it) and its connections' servers on this machine have used so far: they tell more
 * than the clock does where other work goes on.
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

/** User and system time: the 12th and 13th field after the name, which may hold anything. */
function ticksOf(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11]) + Number(fields[12]);
}
