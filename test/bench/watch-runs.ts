import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";

/** Observations of a database during the runs. */
export interface Watched {
  readonly seconds: number;
  /** Seconds until all runs were requested. */
  readonly askedSeconds: number;
  /** Maximum of simultaneous connections, ours and the queue's. */
  readonly connections: number;
  /** CPU seconds of the server's processes for these connections; null if the server is on another machine. */
  readonly cpuSeconds: number | null;
}

const lookEveryMs = 200;
const tick = 100;

/** Waits until `asking` has settled and no run waits or is running. `onLook`: called with each poll. */
export async function watchRuns(
  databaseUrl: string,
  asking: Promise<unknown>,
  onLook?: (sql: postgres.Sql) => Promise<void>,
): Promise<Watched> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined, connection: { application_name: "bench" } });
  try {
    const begun = performance.now();
    let askedSeconds: number | null = null;
    const settled = asking.then(() => {
      askedSeconds = (performance.now() - begun) / 1000;
    });
    let connections = 0;
    const before = await cpuOfServing(sql);
    const latest = new Map(before);
    for (;;) {
      // Read before polling, because a run requested after the poll would be missed.
      const allAsked = askedSeconds;
      const [row] = await sql<{ open: number; connections: number }[]>`
        select (select count(*) from moisson.runs where state <> 'ended')::int as open,
          (select count(*) from pg_stat_activity where datname = current_database() and application_name like 'moisson%')::int as connections`;
      connections = Math.max(connections, row?.connections ?? 0);
      for (const [pid, used] of await cpuOfServing(sql)) latest.set(pid, used);
      await onLook?.(sql);
      if (allAsked !== null && row?.open === 0) {
        const used = [...latest].map(([pid, seconds]) => seconds - (before.get(pid) ?? 0));
        const cpuSeconds = used.length === 0 ? null : used.reduce((sum, one) => sum + one, 0);
        return { seconds: (performance.now() - begun) / 1000, askedSeconds: allAsked, connections, cpuSeconds };
      }
      // A failed request ends the watch.
      await Promise.race([delay(lookEveryMs), settled.then(() => delay(lookEveryMs))]);
    }
  } finally {
    await sql.end();
  }
}

/** Returns the CPU seconds of each server process of this database, by process id. */
async function cpuOfServing(sql: postgres.Sql): Promise<Map<number, number>> {
  const serving = await sql<{ pid: number }[]>`
    select pid from pg_stat_activity where datname = current_database() and application_name like 'moisson%'`;
  const found = new Map<number, number>();
  for (const { pid } of serving) {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
    // The name may contain anything. After it, the state is the third field; user and system time are the 14th and 15th.
    const fields = stat?.includes("(postgres") ? stat.slice(stat.lastIndexOf(")") + 2).split(" ") : undefined;
    if (fields !== undefined) found.set(pid, (Number(fields[11]) + Number(fields[12])) / tick);
  }
  return found;
}
