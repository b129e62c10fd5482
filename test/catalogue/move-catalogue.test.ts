import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { connectPostgresql } from "../../src/catalogue/connection/connect-postgresql.ts";
import { type MoveProgress, moveCatalogue } from "../../src/catalogue/move/move-catalogue.ts";
import { lastNumbers, storedTables } from "../../src/catalogue/move/stored-tables.ts";
import type { Store } from "../../src/catalogue/store.ts";
import { embedded, newCatalogue, postgresql, type TestCatalogue } from "../support/catalogues.ts";
import { fillEveryTable } from "../support/fill-every-table.ts";
import { guardsOff, newHarvest } from "../support/harvest.ts";
import { importAids, madeAid } from "../support/made-aids.ts";

describe.skipIf(postgresql.skipped)("moving a catalogue", () => {
  let source: TestCatalogue;
  let target: TestCatalogue;
  beforeEach(async () => {
    source = await newCatalogue(embedded);
    target = await newCatalogue(postgresql);
  });
  afterEach(async () => {
    await source.drop();
    await target.drop();
  });

  const move = (report: (progress: MoveProgress) => void = () => undefined) =>
    moveCatalogue(source.store, target.store, target.schema, report);
  const contentsOf = async (store: Store) => {
    const tables = (await storedTables(store)).map(({ name }) => name);
    const rows = await Promise.all(
      tables.map((name) => store.rows<{ row: string }>(sql`select stored::text as row from ${sql.identifier(name)} stored order by 1`)),
    );
    return Object.fromEntries(tables.map((name, at) => [name, rows[at]?.map(({ row }) => row)]));
  };

  test("copies every row of every table, and continues the sequences", async () => {
    const harvest = await newHarvest(source, { guards: guardsOff });
    await harvest.day([{ id: "1", titre: "Le toit", texte: "<p>Déposer</p>" }, { id: "2" }, { id: "3", titre: "L'eau" }]);
    await harvest.day([{ id: "1", titre: "Le toit vert" }]);
    const tables = await fillEveryTable(source.store);
    const moved = await move();
    expect(moved.tables.map(({ name }) => name).sort()).toEqual([...tables].sort());
    expect(moved.tables.filter(({ rows }) => rows === 0)).toEqual([]);
    expect(await contentsOf(target.store)).toEqual(await contentsOf(source.store));
    expect(await lastNumbers(target.store)).toEqual(await lastNumbers(source.store));
    expect((await lastNumbers(target.store)).size).toBeGreaterThan(5);
    // The next numbers do not collide with the copied ones.
    await importAids(target, "another", [madeAid("1")]);
  });

  test("copies large tables in pieces, and reports how far it is", async () => {
    await source.store.rows(sql`
      insert into rejected_contents (id, connector, record, reasons)
      select gen_random_uuid(), 'a', jsonb_build_object('n', n, 'text', repeat(md5(n::text), 58)), '[]' from generate_series(1, 6000) n`);
    const reports: MoveProgress[] = [];
    await move((progress) => reports.push(progress));
    const copied = reports.filter(({ step }) => step === "copying");
    expect(copied.map(({ done }) => done)).toEqual(copied.map(({ done }) => done).toSorted((a, b) => a - b));
    expect(new Set(copied.map(({ done }) => done)).size).toBeGreaterThan(1);
    expect(copied.at(-1)?.done).toBe(copied.at(-1)?.total);
    expect(await contentsOf(target.store)).toEqual(await contentsOf(source.store));
  });

  test("refuses a database with a catalogue, and changes nothing there", async () => {
    await importAids(source, "ours", [madeAid("1")]);
    await importAids(target, "theirs", [madeAid("2")]);
    const before = await contentsOf(target.store);
    await expect(move()).rejects.toMatchObject({ code: "target-not-empty" });
    expect(await contentsOf(target.store)).toEqual(before);
  });

  test("creates the tables in a database without any, and leaves none there if it fails", async () => {
    await importAids(source, "ours", [madeAid("1")]);
    const schema = "moisson_new";
    const connection = await connectPostgresql({ url: target.databaseUrl ?? "", schema });
    try {
      const schemas = () => target.store.rows(sql`select nspname from pg_namespace where nspname = ${schema}`);
      const broken = moveCatalogue(source.store, connection.store, schema, ({ step }) => {
        if (step === "comparing") throw new Error("the process ends here");
      });
      await expect(broken).rejects.toThrow("the process ends here");
      expect(await schemas()).toEqual([]);
      await moveCatalogue(source.store, connection.store, schema, () => undefined);
      expect(await contentsOf(connection.store)).toEqual(await contentsOf(source.store));
    } finally {
      await connection.store.rows(sql`drop schema if exists ${sql.identifier(schema)} cascade`);
      await connection.close();
    }
  });

  test("keeps nothing if the copy differs", async () => {
    await importAids(source, "ours", [madeAid("1")]);
    await target.store.rows(sql`
      create function spoil() returns trigger language plpgsql as $$ begin new.revision := 7; return new; end $$`);
    await target.store.rows(sql`create trigger spoil before insert on aids for each row execute function spoil()`);
    await expect(move()).rejects.toMatchObject({ code: "copy-differs", params: { what: "table aids" } });
    expect((await contentsOf(target.store)).aids).toEqual([]);
  });
});
