import { sql } from "drizzle-orm";
import { storedTables } from "../../src/catalogue/move/stored-tables.ts";
import type { Store } from "../../src/catalogue/store.ts";

/** Inserts a row into each table of a catalogue that has none. All ids are the same, so foreign keys find their rows. Returns all tables. */
export async function fillEveryTable(store: Store): Promise<string[]> {
  const tables = (await storedTables(store)).map(({ name }) => name);
  for (const name of tables) {
    const { filled } = await store.row<{ filled: boolean }>(sql`select exists (select from ${sql.identifier(name)}) as filled`);
    if (filled) continue;
    const columns = await store.rows<{ name: string; type: string }>(sql`
      select quote_ident(attname) as name, format_type(atttypid, null) as type from pg_attribute
      where attrelid = quote_ident(${name})::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = ''`);
    const values = columns.map(({ type }) => `${sampleOf(type)}::${type}`);
    await store.rows(sql.raw(`insert into "${name}" (${columns.map((column) => column.name).join(", ")}) values (${values.join(", ")})`));
  }
  return tables;
}

/** Values with characters that formats escape, and nulls at no place. */
const values: Readonly<Record<string, string>> = {
  uuid: "'6f1c5a4e-0000-4000-8000-000000000001'",
  text: "E'l''été, \\t\"😀\"\\n\\\\.'",
  "text[]": "array['a', 'é\"', null]",
  jsonb: `'{"é": [1.50, null, "\\u00e9\\n"], "b": -0.1}'`,
  bytea: "decode('00ff0a5c', 'hex')",
  "uuid[]": "array['6f1c5a4e-0000-4000-8000-000000000001']",
  "integer[]": "array[1, -2]",
  tsvector: "'forêt:1A eau:2'",
  boolean: "true",
  date: "'2026-11-25'",
  "timestamp with time zone": "'2026-11-25T03:00:00.123456Z'",
  bigint: "9007199254740993",
  integer: "-7",
  smallint: "7",
  real: "0.25",
};

function sampleOf(type: string): string {
  const value = values[type];
  if (value === undefined) throw new Error(`give a value of the type ${type}`);
  return value;
}
