import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";

/** What a database saw while runs went on. */
export interface Watched {
  readonly seconds: number;
  /** After how many of them all had been asked for. */
  readonly askedSeconds: number;
  /** The most connections at the same time, ours and the queue's. */
  readonly connections: number;
  /** CPU time of the server's processes that served them, in seconds; null where they are not on this machine. */
  readonly cpuSeconds: number | null;
}

const lookEveryMs = 200;
const tick = 100;

/** Waits until `asking` has settled and no run waits or goes on. `onLook`: something else to look at, as often. */
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
      // Asked first: a run that is asked for after the look was not seen by it.
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
      // Asking that fails ends the watch.
      await Promise.race([delay(lookEveryMs), settled.then(() => delay(lookEveryMs))]);
    }
  } finally {
    await sql.end();
  }
}

/** CPU seconds of each server process that serves this database, by its number. */
async function cpuOfServing(sql: postgres.Sql): Promise<Map<number, number>> {
  const serving = await sql<{ pid: number }[]>`
    select pid from pg_stat_activity where datname = current_database() and application_name like 'moisson%'`;
  const found = new Map<number, number>();
  for (const { pid } of serving) {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
    // After the name, which may hold anything: state is the third field, user and system time the 14th and 15th.
    const fields = stat?.includes("(postgres") ? stat.slice(stat.lastIndexOf(")") + 2).split(" ") : undefined;
    if (fields !== undefined) found.set(pid, (Number(fields[11]) + Number(fields[12])) / tick);
  }
  return found;
}
