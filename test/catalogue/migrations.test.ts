import { readdirSync, readFileSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { generateDrizzleJson, generateMigration } from "drizzle-kit/api";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { CatalogueRefused } from "../../src/catalogue/connection/storage-failure.ts";
import { catalogueOn } from "../../src/catalogue/open-catalogue.ts";
import * as apiTables from "../../src/catalogue/schema/api-tables.ts";
import * as consoleTables from "../../src/catalogue/schema/console-tables.ts";
import { migrate } from "../../src/catalogue/schema/migrate.ts";
import * as partnerTables from "../../src/catalogue/schema/partner-tables.ts";
import * as publisherAccountTables from "../../src/catalogue/schema/publisher-account-tables.ts";
import * as runTables from "../../src/catalogue/schema/run-tables.ts";
import * as searchTables from "../../src/catalogue/schema/search-tables.ts";
import * as tables from "../../src/catalogue/schema/tables.ts";
import { bothDatabases, newCatalogue, postgresql, type TestCatalogue } from "../support/catalogues.ts";
import { importAids, madeAid } from "../support/made-aids.ts";
import { newName } from "../support/test-databases.ts";

const folder = new URL("../../src/catalogue/schema/migrations/", import.meta.url);

describe("the migrations", () => {
  test("create the tables that the table files declare", async () => {
    const last = readdirSync(new URL("meta/", folder))
      .filter((name) => name.endsWith("_snapshot.json"))
      .sort()
      .at(-1);
    const made = JSON.parse(readFileSync(new URL(`meta/${last}`, folder), "utf8"));
    expect(
      await generateMigration(
        made,
        generateDrizzleJson(
          { ...tables, ...runTables, ...consoleTables, ...searchTables, ...partnerTables, ...publisherAccountTables, ...apiTables },
          made.id,
        ),
      ),
    ).toEqual([]);
  });

  test("name no schema, because search_path selects it", () => {
    const files = readdirSync(folder).filter((name) => name.endsWith(".sql"));
    expect(files).not.toEqual([]);
    for (const name of files) expect(readFileSync(new URL(name, folder), "utf8")).not.toMatch(/public|moisson|\bschema\b|"\."/i);
  });
});

/** Copies our migrations and adds one of a later version. */
async function withOneMore(statements = "create table newer ()"): Promise<URL> {
  const copy = pathToFileURL(`${await mkdtemp(join(tmpdir(), "moisson-migrations-"))}/`);
  onTestFinished(() => rm(copy, { recursive: true }));
  await cp(folder, copy, { recursive: true });
  const journal = JSON.parse(await readFile(new URL("meta/_journal.json", copy), "utf8"));
  journal.entries.push({ tag: "9999_newer" });
  await writeFile(new URL("meta/_journal.json", copy), JSON.stringify(journal));
  await writeFile(new URL("9999_newer.sql", copy), statements);
  return copy;
}

for (const database of bothDatabases) {
  describe.skipIf(database.skipped)(`opening a catalogue, ${database.title}`, () => {
    let catalogue: TestCatalogue | undefined;
    afterEach(async () => {
      await catalogue?.drop();
      catalogue = undefined;
    });

    test("an empty database is migrated at first use only", async () => {
      const schema = newName();
      const { store, close } = await database.connect(schema);
      onTestFinished(async () => {
        await store.rows(sql`drop schema if exists ${sql.identifier(schema)} cascade`);
        await close();
      });
      for (const isFirst of [true, false]) {
        const { migrated, close: closeAgain } = await catalogueOn(await database.connect(schema), schema, "if-empty");
        await closeAgain();
        expect(migrated.length > 0).toBe(isFirst);
      }
    });

    test("an older database is refused with the advice to run db migrate; a newer one is refused", async () => {
      catalogue = await newCatalogue(database);
      const newer = await withOneMore();
      const { store, schema } = catalogue;
      const behind = await migrate(store, schema, "if-empty", newer).catch((error: unknown) => error);
      expect(behind).toBeInstanceOf(CatalogueRefused);
      expect(behind).toMatchObject({ code: "catalogue-behind", params: { pending: 1 } });
      expect((behind as CatalogueRefused).message).toContain("moisson db migrate");
      expect(await migrate(store, schema, "always", newer)).toEqual(["9999_newer"]);
      expect(await store.rows(sql`select 1 from newer`)).toEqual([]);
      // Our program is now the older one.
      const ahead = { code: "catalogue-ahead", params: { unknown: "9999_newer" } };
      await expect(migrate(store, schema, "if-empty")).rejects.toMatchObject(ahead);
      await expect(migrate(store, schema, "always")).rejects.toMatchObject(ahead);
    });

    test("what must happen before a migration happens once, and not without one", async () => {
      catalogue = await newCatalogue(database);
      const newer = await withOneMore();
      const { store, schema } = catalogue;
      const before: string[] = [];
      const note = async (newest: string) => {
        before.push(newest);
        expect(await store.rows(sql`select from migrations where name = '9999_newer'`)).toEqual([]);
      };
      await migrate(store, schema, "always", undefined, note);
      expect(before).toEqual([]);
      for (let times = 0; times < 2; times++) await migrate(store, schema, "always", newer, note);
      expect(before).toEqual(["9999_newer"]);
    });

    test("a database of a version before 0.2.0 is refused with the advice to use an empty one, and is left as it is", async () => {
      catalogue = await newCatalogue(database);
      const { store, schema } = catalogue;
      await store.rows(sql`update migrations set name = '0000_catalogue' where position = 1`);
      const names = await store.rows(sql`select name from migrations order by position`);
      for (const mode of ["if-empty", "always", "never"] as const) {
        const refused = await migrate(store, schema, mode).catch((error: unknown) => error);
        expect(refused).toMatchObject({ code: "catalogue-too-old", params: { unknown: "0000_catalogue" } });
        expect((refused as CatalogueRefused).message).toContain("use an empty database");
      }
      expect(await store.rows(sql`select name from migrations order by position`)).toEqual(names);
    });

    test("a failing migration leaves the database unchanged", async () => {
      catalogue = await newCatalogue(database);
      const broken = await withOneMore("create table newer (); --> statement-breakpoint\nselect 1 / 0");
      await expect(migrate(catalogue.store, catalogue.schema, "always", broken)).rejects.toMatchObject({ code: "storage-failed" });
      expect(await catalogue.store.rows(sql`select to_regclass('newer')::text as newer`)).toEqual([{ newer: null }]);
      expect(await migrate(catalogue.store, catalogue.schema, "if-empty")).toEqual([]);
    });
  });
}

describe.skipIf(postgresql.skipped)(`a schema of one's own, ${postgresql.title}`, () => {
  test("two processes that start at once on an empty database migrate it once", async () => {
    const schema = newName();
    const connections = await Promise.all([postgresql.connect(schema), postgresql.connect(schema), postgresql.connect(schema)]);
    onTestFinished(async () => {
      await connections[0]?.store.rows(sql`drop schema if exists ${sql.identifier(schema)} cascade`);
      for (const connection of connections) await connection.close();
    });
    const catalogues = await Promise.all(connections.map((connection) => catalogueOn(connection, schema, "if-empty")));
    expect(catalogues.filter((catalogue) => catalogue.migrated.length > 0)).toHaveLength(1);
  });

  test("nothing outside the schema is changed, from first use to drop", async () => {
    const outside = await postgresql.connect("public");
    // Other tests may run at the same time, so their schemas are left out.
    const inventory = (schema: string) =>
      outside.store.rows(sql`
        select namespace.nspname, relation.relname, relation.relkind, relation.relfilenode::text from pg_class relation
        join pg_namespace namespace on namespace.oid = relation.relnamespace
        where namespace.nspname !~ '^pg_' and (namespace.nspname = ${schema} or namespace.nspname !~ '^moisson_test_') order by 1, 2, 3`);
    const schemas = () => outside.store.rows(sql`select nspname from pg_namespace where nspname !~ '^(pg_|moisson_test_)' order by 1`);
    const before = [await inventory("none"), await schemas()];
    const schema = newName();
    const catalogue = await catalogueOn(await postgresql.connect(schema), schema, "if-empty");
    await importAids(catalogue, "region-test", [madeAid("a")]);
    await catalogue.close();
    const during = await inventory(schema);
    expect(during.length).toBeGreaterThan(10);
    expect([await inventory("none"), await schemas()]).toEqual(before);
    await outside.store.rows(sql`drop schema ${sql.identifier(schema)} cascade`);
    expect([await inventory(schema), await schemas()]).toEqual(before);
    await outside.close();
  });
});
