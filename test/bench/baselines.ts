import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import postgres from "postgres";
import { columns, makeRecord } from "./make-feed.ts";

/** Creates one logged table of 20 text columns with a primary key. */
async function makeTable(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(
    `drop table if exists baseline; create table baseline (${columns.map((name) => `${name} text`).join(", ")}, primary key (id))`,
  );
}

/** Returns the seconds that PostgreSQL needs to COPY a CSV feed: the lower limit. */
export async function timeCopy(databaseUrl: string, path: string): Promise<number> {
  return withTable(databaseUrl, async (sql) => {
    const began = performance.now();
    const target = await sql`copy baseline from stdin with (format csv, delimiter ';', header)`.writable();
    await pipeline(createReadStream(path, { highWaterMark: 1 << 18 }), target);
    return (performance.now() - began) / 1000;
  });
}

/** Returns the rows per second with one upsert and one transaction per row, like a simple importer. */
export async function rateOfRowByRow(databaseUrl: string, count: number): Promise<number> {
  return withTable(databaseUrl, async (sql) => {
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

async function withTable<T>(databaseUrl: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    await makeTable(sql);
    await sql`checkpoint`.catch(() => undefined); // only a superuser may; it makes runs comparable
    return await work(sql);
  } finally {
    await sql`drop table if exists baseline`;
    await sql.end();
  }
}
