import { sql } from "drizzle-orm";
import type { Store } from "../store.ts";

/** A table of the catalogue, as it is stored. */
export interface StoredTable {
  readonly name: string;
  /** Columns that are written, not generated. Quoted where needed. */
  readonly columns: readonly string[];
  /** Tables that its foreign keys refer to. */
  readonly refersTo: readonly string[];
  readonly blocks: number;
  /** With long values, without indexes. */
  readonly bytes: number;
}

/** Lists the tables of the catalogue, each after those that its foreign keys refer to. The list of migrations is left out. */
export async function storedTables(store: Store): Promise<StoredTable[]> {
  const tables = await store.rows<StoredTable>(sql`
    select relname as name,
      (select jsonb_agg(quote_ident(attname) order by attnum) from pg_attribute
        where attrelid = tables.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns,
      (select coalesce(jsonb_agg(referred.relname), '[]') from pg_constraint join pg_class referred on referred.oid = confrelid
        where conrelid = tables.oid and contype = 'f') as "refersTo",
      (pg_relation_size(oid) / current_setting('block_size')::int)::int as blocks, pg_table_size(oid)::float8 as bytes
    from pg_class tables where relnamespace = current_schema()::regnamespace and relkind = 'r' and relname <> 'migrations' order by relname`);
  return inOrder(tables);
}

function inOrder(tables: readonly StoredTable[]): StoredTable[] {
  const ordered = new Map<string, StoredTable>();
  const add = (table: StoredTable) => {
    if (ordered.has(table.name)) return;
    for (const other of tables) if (other !== table && table.refersTo.includes(other.name)) add(other);
    ordered.set(table.name, table);
  };
  for (const table of tables) add(table);
  return [...ordered.values()];
}

/** Number of rows of a table, and a checksum that does not depend on their order. */
export interface TableDigest {
  readonly rows: number;
  readonly checksum: string;
}

/** Reads a table and returns its digest. Equal on all databases that contain the same values. */
export async function digestOfTable(store: Store, name: string): Promise<TableDigest> {
  return store.row<TableDigest>(sql`
    select count(*)::float8 as rows, coalesce(sum(hashtextextended(stored::text, 0)), 0)::text as checksum from ${sql.identifier(name)} stored`);
}

/** Returns the last number of each sequence that has given one. Bigints as text. */
export async function lastNumbers(store: Store): Promise<ReadonlyMap<string, string>> {
  return store.map<string, string>(sql`
    select sequencename as name, last_value::text as last from pg_sequences
    where schemaname = current_schema() and last_value is not null and sequencename not like 'migrations%' order by sequencename`);
}
