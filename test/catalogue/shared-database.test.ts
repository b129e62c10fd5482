import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { connectShared, type SharedConnection } from "../../src/catalogue/connection/connect-shared.ts";
import type { SharedDatabase } from "../../src/catalogue/connection/shared-database.ts";
import { aids } from "../../src/catalogue/schema/tables.ts";
import type { Store } from "../../src/catalogue/store.ts";
import { embedded, newCatalogue, type TestCatalogue } from "../support/catalogues.ts";

describe("the embedded database, used by another process", () => {
  let catalogue: TestCatalogue;
  let shared: SharedDatabase;
  let other: SharedConnection;

  beforeAll(async () => {
    catalogue = await newCatalogue(embedded);
    shared = catalogue.share?.() as SharedDatabase;
    // Copies each message, as between processes.
    other = connectShared(async (request) => other.receive(structuredClone(await shared.answer(structuredClone(request)))));
    await catalogue.store.rows(sql`create table notes (id int primary key, text text)`);
    return () => catalogue.drop();
  });

  const both = (read: (store: Store) => Promise<unknown>) => Promise.all([read(catalogue.store), read(other.store)]);
  const notes = () => catalogue.store.rows<{ id: number }>(sql`select id from notes order by id`);

  it("returns the same values of every type", async () => {
    const [here, there] = await both((store) =>
      store.rows(sql`select 1::int as a, 2::bigint as b, 1.5::numeric as c, true as d, 'é'::text as e, now()::date as f, ${"2026-11-25T03:00:00Z"}::timestamptz as g,
        '{"x": [1, null]}'::jsonb as h, array[1, 2] as i, array['a']::text[] as j, '\\x00ff'::bytea as k, null::uuid as l, 0.25::float8 as m, interval '1 day' as n`),
    );
    expect(there).toEqual(here);
    const [built, builtThere] = await both((store) => store.query((database) => database.select().from(aids).limit(1)));
    expect(builtThere).toEqual(built);
  });

  it("copies rows out and in", async () => {
    const chunks = await other.store.transaction(async (transaction) => {
      const found: Uint8Array[] = [];
      for await (const chunk of transaction.copyOut("select 7 as id, 'sept'::text as text")) found.push(chunk);
      await transaction.copyIn("notes (id, text)", found);
      return found;
    });
    expect(chunks.length).toBeGreaterThan(0);
    expect(await notes()).toEqual([{ id: 7 }]);
  });

  it("rolls a transaction back if it fails, if a statement fails, and if the process ends", async () => {
    const before = await notes();
    const insert = (store: Store, id: number) => store.rows(sql`insert into notes values (${id}, 'x')`);
    await expect(
      other.store.transaction(async (transaction) => {
        await insert(transaction, 1);
        throw new Error("changed our mind");
      }),
    ).rejects.toThrow("changed our mind");
    await expect(
      other.store.transaction(async (transaction) => {
        await insert(transaction, 2);
        await insert(transaction, 2);
      }),
    ).rejects.toMatchObject({ code: "storage-failed", params: { reason: "23505" } });
    let inserted: () => void = () => undefined;
    const isIn = new Promise<void>((done) => {
      inserted = done;
    });
    void other.store.transaction(async (transaction) => {
      await insert(transaction, 3);
      inserted();
      await new Promise(() => undefined);
    });
    await isIn;
    await shared.close();
    expect(await notes()).toEqual(before);
  });
});
