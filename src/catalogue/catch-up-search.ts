import { sql } from "drizzle-orm";
import { type SearchSource, searchRowOf } from "./search-row.ts";
import { storableJson } from "./storable-json.ts";
import type { Store } from "./store.ts";

const lastGiven = sql`coalesce(pg_sequence_last_value(pg_get_serial_sequence('aid_history', 'seq')::regclass), 0)::float8`;

/** How many revisions are not in the index. Numbers that were given to what was then not written are counted, until a batch has seen that they are none. */
export async function revisionsBehind(store: Store): Promise<number> {
  const { behind } = await store.row<{ behind: number }>(sql`select ${lastGiven} - up_to::float8 as behind from search_state`);
  return Math.max(0, behind);
}

/**
 * Brings what changed next into the index: the aids of at most `most` revisions, as they are now. One does it at a time; `waits`: for another who does, else
 * nothing is done. Gives the number of revisions.
 *
 * The order of revisions is the order in which they are committed, since one plan is written at a time: nothing comes in later before a revision that was seen.
 */
export function catchUpBatch(store: Store, { most, waits }: { readonly most: number; readonly waits: boolean }): Promise<number> {
  return store.transaction(async (transaction) => {
    const [state] = await transaction.rows<{ upTo: number }>(sql`
      select up_to::float8 as "upTo" from search_state ${waits ? sql`for update` : sql`for update skip locked`}`);
    if (state === undefined) return 0;
    const { last, isWritten } = await transaction.row<{ last: number; isWritten: boolean }>(sql`
      select ${lastGiven} as last, exists (
        select from pg_locks where database = (select oid from pg_database where datname = current_database())
          and relation = 'aid_history'::regclass and mode = 'ShareRowExclusiveLock' and granted) as "isWritten"`);
    if (last <= state.upTo) return 0;
    const revisions = await nextRevisions(transaction, state.upTo, most);
    // Nothing is there and nobody writes: the numbers that are left were given to plans that were not applied.
    const upTo = revisions.at(-1)?.seq ?? (isWritten ? state.upTo : last);
    await refresh(transaction, [...new Set(revisions.map(({ aidId }) => aidId))]);
    await transaction.rows(sql`update search_state set up_to = ${upTo}::bigint`);
    return revisions.length;
  });
}

/**
 * Takes out of the index what it says of aids that have changed since, until it is brought in anew: who was forgotten in an aid is nowhere in it. Under the lock
 * on the history, so that nothing changes meanwhile.
 */
export async function forgetOutdated(transaction: Store): Promise<void> {
  await transaction.rows(sql`select from search_state for update`);
  await transaction.rows(sql`
    delete from aid_search where aid_id in (select aid_id from aid_history where seq > (select up_to from search_state))`);
}

interface Revision {
  readonly seq: number;
  readonly aidId: string;
}

/** By a range of numbers, which the index on them knows how to find; where it is empty, from the next number that is there. */
async function nextRevisions(transaction: Store, upTo: number, most: number): Promise<Revision[]> {
  const between = (from: number) =>
    transaction.rows<Revision>(sql`
      select seq::float8 as seq, aid_id as "aidId" from aid_history where seq > ${from}::bigint and seq <= ${from + most}::bigint order by aid_history.seq`);
  const near = await between(upTo);
  if (near.length > 0) return near;
  const { next } = await transaction.row<{ next: number | null }>(
    sql`select min(seq)::float8 as next from aid_history where seq > ${upTo}::bigint`,
  );
  return next === null ? [] : between(next - 1);
}

async function refresh(transaction: Store, aidIds: readonly string[]): Promise<void> {
  if (aidIds.length === 0) return;
  const picked = sql`(select id::uuid from jsonb_array_elements_text(${storableJson(aidIds)}::jsonb) as picked (id))`;
  const aids = await transaction.rows<SearchSource>(sql`
    select aid_id as "aidId", connector, external_id as "externalId", status, withdrawn_at::text as "withdrawnAt", site_url as "siteUrl", imported, kept, edits, proposals,
      created_at::text as "createdAt", updated_at::text as "updatedAt"
    from aids where aid_id in ${picked}`);
  await transaction.rows(sql`delete from aid_search where aid_id in ${picked}`);
  await transaction.rows(sql`
    insert into aid_search (aid_id, connector, title, words, status, standing, deadline, territories, categories, audiences, types, organisations, language,
      proposals, missing, created_at, updated_at)
    select aid_id, connector, title, array_to_tsvector(words), status, standing, deadline, territories, categories, audiences, types, organisations, language,
      proposals, missing, created_at, updated_at
    from jsonb_to_recordset(${storableJson(aids.map(searchRowOf))}::jsonb) as found (aid_id uuid, connector text, title text, words text[], status text,
      standing text, deadline date, territories text[], categories text[], audiences text[], types text[], organisations text[], language text,
      proposals int, missing text[], created_at timestamptz, updated_at timestamptz)`);
}
