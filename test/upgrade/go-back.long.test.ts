import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { sql } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { connectPostgresql } from "../../src/catalogue/connection/connect-postgresql.ts";
import type { Connection } from "../../src/catalogue/connection/connection.ts";
import { migrate } from "../../src/catalogue/schema/migrate.ts";
import type { Store } from "../../src/catalogue/store.ts";
import { canDump } from "../support/backup-tools.ts";
import { newName, ownDatabase } from "../support/test-databases.ts";
import { countTables, keptDumps, loadDump } from "./dump.ts";

const execute = promisify(execFile);
const migrations = new URL("../../src/catalogue/schema/migrations/", import.meta.url);

/** Returns a folder with the migrations that an earlier version has: those that are applied in its catalogue. */
async function migrationsOf(store: Store): Promise<URL> {
  const folder = await mkdtemp(join(tmpdir(), "moisson-migrations-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await cp(migrations, folder, { recursive: true });
  const file = join(folder, "meta/_journal.json");
  const journal = JSON.parse(await readFile(file, "utf8")) as { entries: { tag: string }[] };
  const [{ applied }] = (await store.rows<{ applied: number }>(sql`select count(*)::int as applied from migrations`)) as [
    { applied: number },
  ];
  expect(applied).toBeLessThan(journal.entries.length);
  await writeFile(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, applied) }));
  return pathToFileURL(`${folder}/`);
}

const dumps = await canDump();
const first = (await keptDumps()).filter(({ version }) => version === "0.2.0");

describe.skipIf(!dumps)(dumps ? "going back" : "going back (SKIPPED: there is no pg_dump of the server's version)", () => {
  test.each(first)("$version: the backup from before the upgrade is the catalogue as it was, and can be upgraded again", async (dump) => {
    const [databaseUrl, restoredUrl] = [await ownDatabase(), await ownDatabase()];
    const schema = "moisson";
    const { store } = await connected(databaseUrl, schema);
    const restored = await connected(restoredUrl, schema);
    for (const each of [store, restored.store]) await each.rows(sql`drop schema ${sql.identifier(schema)} cascade`);
    await loadDump(store, dump, schema);
    const earlier = await migrationsOf(store);
    const counts = await countTables(store);
    const file = join(tmpdir(), `${newName()}.dump`);
    onTestFinished(() => rm(file, { force: true }));
    await execute("pg_dump", ["--format", "custom", "--schema", schema, "--file", file, databaseUrl]);

    expect(await migrate(store, schema, "always")).not.toEqual([]);
    const refused = await migrate(store, schema, "if-empty", earlier).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "catalogue-ahead" });
    expect(String(refused)).toMatch(
      /A newer version of Moisson upgraded the database \(.*\)\. Start that version, or restore the backup from before the upgrade/,
    );

    await execute("pg_restore", ["--exit-on-error", "--no-owner", "--no-privileges", "--dbname", restoredUrl, file]);
    expect(await migrate(restored.store, schema, "never", earlier)).toEqual([]);
    expect(await countTables(restored.store)).toEqual(counts);
    await migrate(restored.store, schema, "always");
    expect(await countTables(restored.store)).toMatchObject(counts);
  });
});

async function connected(databaseUrl: string, schema: string): Promise<Connection> {
  const connection = await connectPostgresql({ url: databaseUrl, schema });
  onTestFinished(() => connection.close());
  return connection;
}
