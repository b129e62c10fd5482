import { type SQL, sql } from "drizzle-orm";
import type { Store } from "../../src/catalogue/store.ts";

/** Inserts aids with their sources and contents. `rows`: a query for all columns of `aids_with_source` that are set below. */
export async function insertAids(store: Store, rows: SQL): Promise<void> {
  await store.rows(sql`
    with given as materialized (
      select given.*, (block << 32) + row_number() over () as content_id from (${rows}) given, (select nextval('content_blocks') as block) blocks
    ), written as (insert into contents (id, aid_id, content) select content_id, aid_id, imported from given),
    sources as (
      insert into aid_sources (aid_id, connector, external_id, content_id, fingerprint, record_hash, memo)
      select aid_id, connector, external_id, content_id, fingerprint, null, memo from given)
    insert into aids (aid_id, connector, external_id, revision, status, withdrawn_at, kept, edits, proposals, created_at, updated_at)
    select aid_id, connector, external_id, 1, status, withdrawn_at, kept, edits, proposals, created_at, updated_at from given`);
}
