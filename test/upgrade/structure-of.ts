import { sql } from "drizzle-orm";
import type { Store } from "../../src/catalogue/store.ts";

/** Describes everything in the schema of a connection, one line for each part of it. The order of columns does not count. */
export async function structureOf(store: Store): Promise<string[]> {
  const rows = await store.rows<{ line: string }>(sql`
    with ours as (select * from pg_class where relnamespace = current_schema()::regnamespace)
    select concat_ws(' ', 'relation', relkind, relname, relpersistence, reloptions::text) as line from ours
    union all
    select concat_ws(' ', 'column', relname, attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated, attstorage,
      attcompression, attstattarget, collname, pg_get_expr(adbin, adrelid))
    from ours join pg_attribute on attrelid = ours.oid and attnum > 0 and not attisdropped and relkind in ('r', 'v')
      left join pg_attrdef on adrelid = attrelid and adnum = attnum left join pg_collation on pg_collation.oid = attcollation
    union all
    select concat_ws(' ', 'constraint', relname, conname, pg_get_constraintdef(pg_constraint.oid)) from ours join pg_constraint on conrelid = ours.oid
      where contype <> 'n'
    union all
    select concat_ws(' ', 'index', indexname, indexdef) from pg_indexes where schemaname = current_schema()
    union all
    select concat_ws(' ', 'view', viewname, definition) from pg_views where schemaname = current_schema()
    union all
    select concat_ws(' ', 'trigger', relname, pg_get_triggerdef(pg_trigger.oid)) from ours join pg_trigger on tgrelid = ours.oid where not tgisinternal
    union all
    select concat_ws(' ', 'function', pg_get_functiondef(oid)) from pg_proc where pronamespace = current_schema()::regnamespace
    union all
    select concat_ws(' ', 'sequence', sequencename, start_value, increment_by, max_value, cycle) from pg_sequences
      where schemaname = current_schema()
    order by 1`);
  return rows.map(({ line }) => line);
}
