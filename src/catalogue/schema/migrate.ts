import { readFile } from "node:fs/promises";
import { sql } from "drizzle-orm";
import { CatalogueRefused } from "../connection/storage-failure.ts";
import type { Store } from "../store.ts";

/** `if-empty`: only a database without our tables; `always`: also one with missing migrations; `never`: only checks them. */
export type MigrateMode = "if-empty" | "always" | "never";

/** Folder of the migrations. */
export const ourMigrations = new URL("./migrations/", import.meta.url);

/** Called before migrations are applied to a database that knows its workers, with the newest migration. */
export type BeforeMigration = (newest: string) => Promise<void>;

/** The migration that made the table of workers. */
const withWorkers = "0001_machine_faults";

/**
 * Applies missing migrations in one transaction, one process at a time. `before`: called if there are any, and the database knows its
 * workers.
 * @returns names of the applied migrations
 * @throws CatalogueRefused `catalogue-behind` (modes `if-empty`, `never`), `catalogue-ahead`, `catalogue-too-old`
 */
export async function migrate(
  store: Store,
  schema: string,
  mode: MigrateMode,
  folder = ourMigrations,
  before?: BeforeMigration,
): Promise<string[]> {
  const known = await migrationNames(folder);
  const applied = await appliedMigrations(store, schema);
  const newest = pendingOf(known, applied, mode).at(-1);
  if (newest === undefined) return [];
  if (applied.includes(withWorkers)) await before?.(newest);
  return store.transaction(async (transaction) => {
    // A migration may rewrite large tables.
    await transaction.rows(sql`select set_config(name, '0', true) from unnest(array['statement_timeout', 'lock_timeout']) as name`);
    await transaction.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`moisson ${schema}`}, 0))`);
    // Another process may have migrated while we waited.
    const pending = pendingOf(known, await appliedMigrations(transaction, schema), mode);
    if (pending.length === 0) return [];
    await createSchema(transaction, schema);
    for (const name of pending) await applyMigration(transaction, folder, name);
    return pending;
  });
}

function pendingOf(known: readonly string[], applied: readonly string[], mode: MigrateMode): string[] {
  const unknown = applied.find((name, index) => known[index] !== name);
  if (unknown !== undefined && unknown === applied[0]) {
    const message = "A version of Moisson before 0.2.0 made the database, and no later version can upgrade it: use an empty database.";
    throw new CatalogueRefused("catalogue-too-old", { unknown }, message);
  }
  if (unknown !== undefined) {
    const message = `A newer version of Moisson upgraded the database (${unknown}). Start that version, or restore the backup from before the upgrade.`;
    throw new CatalogueRefused("catalogue-ahead", { unknown }, message);
  }
  const pending = known.slice(applied.length);
  if (pending.length > 0 && applied.length === 0 && mode === "never") {
    const message = "The database contains no catalogue: run `moisson db migrate`.";
    throw new CatalogueRefused("catalogue-behind", { pending: pending.length }, message);
  }
  if (pending.length > 0 && applied.length > 0 && mode !== "always") {
    const message = `The database was made by an older version of Moisson (missing migrations: ${pending.length}): run \`moisson db migrate\`.`;
    throw new CatalogueRefused("catalogue-behind", { pending: pending.length }, message);
  }
  return pending;
}

async function appliedMigrations(store: Store, schema: string): Promise<string[]> {
  // Not to_regclass, whose cached answer may predate the wait for another process.
  const there = await store.value<boolean>(sql`
    select exists (select from pg_class where relname = 'migrations' and relnamespace = (select oid from pg_namespace where nspname = ${schema})) as there`);
  if (!there) return [];
  return store.values<string>(sql`select name from migrations order by position`);
}

async function createSchema(store: Store, schema: string): Promise<void> {
  // Not "if not exists", which needs the right to create schemas even if ours exists.
  const there = await store.value<boolean>(sql`select exists (select from pg_namespace where nspname = ${schema}) as there`);
  if (!there) await store.rows(sql`create schema ${sql.identifier(schema)}`);
  await store.rows(
    sql`create table if not exists migrations (position int generated always as identity primary key, name text not null unique, applied_at timestamptz not null default now())`,
  );
}

async function applyMigration(store: Store, folder: URL, name: string): Promise<void> {
  const text = await readFile(new URL(`${name}.sql`, folder), "utf8");
  for (const statement of text.split("--> statement-breakpoint")) await store.rows(sql.raw(statement));
  await store.rows(sql`insert into migrations (name) values (${name})`);
}

/** Returns the name of the newest migration that this version knows. */
export async function newestMigration(): Promise<string> {
  return (await migrationNames(ourMigrations)).at(-1) ?? "";
}

/** Returns the names of all migrations, oldest first, from drizzle-kit's journal. */
async function migrationNames(folder: URL): Promise<string[]> {
  const journal = JSON.parse(await readFile(new URL("meta/_journal.json", folder), "utf8")) as { entries: { tag: string }[] };
  return journal.entries.map((entry) => entry.tag);
}
