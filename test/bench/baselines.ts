import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import postgres from "postgres";
import { backendTicks } from "./database-cpu.ts";
import { columns, makeRecord } from "./make-feed.ts";

/** Time of a COPY. */
export interface CopyTime {
  readonly seconds: number;
  /** CPU time of our process and of the server's; null if the latter is not visible. */
  readonly cpuSeconds: number | null;
}

/** Returns the time that PostgreSQL needs to COPY a CSV file with `;`: the lower limit. The first column is the primary key. */
export async function timeCopy(databaseUrl: string, path: string, names: readonly string[] = columns): Promise<CopyTime> {
  return withTable(databaseUrl, names, async (sql) => {
    const [backend] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
    const ticks = () => backendTicks(backend?.pid ?? 0);
    const [began, ticksBefore, cpuBefore] = [performance.now(), ticks(), process.cpuUsage()];
    const target = await sql`copy baseline from stdin with (format csv, delimiter ';', header)`.writable();
    await pipeline(createReadStream(path, { highWaterMark: 1 << 18 }), target);
    const seconds = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(cpuBefore);
    const ticksAfter = ticks();
    const ofServer = ticksBefore === null || ticksAfter === null ? null : (ticksAfter - ticksBefore) / 100;
    return { seconds, cpuSeconds: ofServer === null ? null : (user + system) / 1e6 + ofServer };
  });
}

/** Returns the rows per second with one upsert and one transaction per row, like a simple importer. */
export async function rateOfRowByRow(databaseUrl: string, count: number): Promise<number> {
  return withTable(databaseUrl, columns, async (sql) => {
    const set = columns.slice(1).map((name) => `${name} = excluded.${name}`);
    const statement = `insert into baseline values (${columns.map((_, i) => `$${i + 1}`).join(", ")}) on conflict (id) do update set ${set.join(", ")}`;
    const began = performance.now();
    for (let index = 0; index < count; index++) {
      const record = makeRecord(index, 0);
      await sql.unsafe(
        statement,
        columns.map((name) => record[name]),
        { prepare: true },
      );
    }
    return count / ((performance.now() - began) / 1000);
  });
}

/** Creates one logged table of text columns for `work`, and drops it afterwards. */
async function withTable<T>(databaseUrl: string, names: readonly string[], work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  const list = names.map((name) => `${name} text`).join(", ");
  try {
    await sql.unsafe(`drop table if exists baseline; create table baseline (${list}, primary key (${names[0]}))`);
    await sql`checkpoint`.catch(() => undefined); // only a superuser may; it makes runs comparable
    return await work(sql);
  } finally {
    await sql`drop table if exists baseline`;
    await sql.end();
  }
}
