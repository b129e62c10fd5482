import { readdir, readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { sql } from "drizzle-orm";
import { lastNumbers, storedTables } from "../../src/catalogue/move/stored-tables.ts";
import type { Store } from "../../src/catalogue/store.ts";

/** Number of rows of each table. */
export type Counts = Readonly<Record<string, number>>;

const migrations = new URL("../../src/catalogue/schema/migrations/", import.meta.url);
const breakpoint = "--> statement-breakpoint\n";

/** Counts the rows of every table. */
export async function countTables(store: Store): Promise<Counts> {
  const counts: Record<string, number> = {};
  for (const { name } of await storedTables(store)) {
    const { rows } = await store.row<{ rows: number }>(sql`select count(*)::int as rows from ${sql.identifier(name)}`);
    counts[name] = rows;
  }
  return counts;
}

/**
 * Returns the SQL that makes a catalogue again: the migrations as they are today, the rows of each table, and the last numbers of the
 * sequences. It names no schema. `psql` reads it too.
 */
export async function dumpOf(store: Store): Promise<string> {
  const names = (await store.rows<{ name: string }>(sql`select name from migrations order by position`)).map(({ name }) => name);
  const statements = [
    "create table migrations (position int generated always as identity primary key, name text not null unique, applied_at timestamptz not null default now())",
  ];
  for (const name of names) {
    statements.push(await readFile(new URL(`${name}.sql`, migrations), "utf8"), `insert into migrations (name) values ('${name}')`);
  }
  for (const { name, columns } of await storedTables(store)) {
    const rows = await rowsOf(store, name, columns);
    // Migrations fill some tables.
    statements.push(`delete from "${name}"`);
    if (rows.length > 0) {
      statements.push(`insert into "${name}" (${columns.join(", ")}) overriding system value values\n${rows.join(",\n")}`);
    }
  }
  for (const [name, last] of await lastNumbers(store)) statements.push(`select setval('"${name}"', ${last})`);
  return statements.map((statement) => `${statement.trimEnd().replace(/;$/, "")};\n`).join(breakpoint);
}

/** Returns the rows of a table as SQL values, in an order that depends only on them. */
async function rowsOf(store: Store, name: string, columns: readonly string[]): Promise<string[]> {
  const values = columns.map((column) => `quote_nullable(${column}::text)`).join(` || ', ' || `);
  const rows = await store.rows<{ row: string }>(sql.raw(`select '(' || ${values} || ')' as row from "${name}" order by 1`));
  return rows.map(({ row }) => row);
}

/** A dump that is kept, with the counts of the catalogue that it was made of. */
export interface KeptDump {
  readonly version: string;
  readonly counts: Counts;
  readonly statements: readonly string[];
}

/** Reads the dumps of all versions. */
export async function keptDumps(): Promise<KeptDump[]> {
  const files = (await readdir(new URL(".", import.meta.url))).filter((file) => file.endsWith(".sql.gz")).sort();
  return Promise.all(
    files.map(async (file) => {
      const version = file.slice("catalogue-".length, -".sql.gz".length);
      const text = gunzipSync(await readFile(new URL(file, import.meta.url))).toString("utf8");
      const counts = JSON.parse(await readFile(new URL(`catalogue-${version}.json`, import.meta.url), "utf8"));
      return { version, counts, statements: text.split(breakpoint) };
    }),
  );
}

/** Makes the catalogue of a dump in the schema of a connection, which must not exist. */
export async function loadDump(store: Store, { statements }: KeptDump, schema: string): Promise<void> {
  await store.rows(sql`create schema ${sql.identifier(schema)}`);
  await store.transaction(async (transaction) => {
    for (const statement of statements) await transaction.rows(sql.raw(statement));
  });
}
