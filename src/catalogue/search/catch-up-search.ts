import { setTimeout as wait } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { firstOwnNumber } from "../../model/aid/aid-slug.ts";
import { storedStamp } from "../../model/territories/edition.ts";
import { storableJson } from "../../model/text/storable.ts";
import { lastRevision, revisionsBetween } from "../plans/order-changes.ts";
import type { Store } from "../store.ts";
import { refreshEdition } from "../territories/edition-in-use.ts";
import { type SearchSource, searchRowOf } from "./search-row.ts";

/** Position of the search index. `upTo`: the last indexed revision. */
export interface SearchPosition {
  readonly upTo: number;
  /** Number of revisions to index. */
  readonly behind: number;
  /** The last revision. */
  readonly last: number;
  /** False while the index is filled for the first time, or after a migration emptied it. Most aids are then missing in lists. */
  readonly isComplete: boolean;
}

/** Returns the position of the index. After a change of the edition of territories, it is behind by all revisions. */
export async function searchPosition(store: Store): Promise<SearchPosition> {
  const { behind, ...position } = await store.row<SearchPosition>(sql`
    select up_to::float8 as "upTo", (${lastRevision} - case when edition = ${storedStamp() ?? ""} then up_to else 0 end)::float8 as behind,
      ${lastRevision}::float8 as last,
      complete_from > 0 and up_to >= complete_from as "isComplete" from search_state`);
  return { ...position, behind: Math.max(0, behind) };
}

/**
 * Indexes the revisions so far, so that people see their own actions at once. Does nothing if there are more than `most`. It does not wait
 * for revisions that follow meanwhile: during a night they never end, and all that ask wait for each other.
 */
export async function bringIn(store: Store, { limit, most }: { readonly limit: number; readonly most: number }): Promise<void> {
  const { behind, last } = await searchPosition(store);
  if (behind === 0 || behind > most) return;
  while ((await catchUpBatch(store, { limit, waits: true, enough: last })) > 0);
}

interface BatchAsked {
  readonly limit: number;
  /** Waits for another process that indexes, instead of returning 0. */
  readonly waits: boolean;
  /** Returns 0 once this revision is indexed. */
  readonly enough?: number;
}

/**
 * Indexes the current state of the aids of the next revisions, at most `limit`. Returns the number of revisions. Only one process indexes
 * at a time. Returns 0 in a process whose role may not write the index.
 * If another edition of territories is in use, begins again with the first revision; aids stay in lists under their earlier territories
 * until they are indexed again.
 */
export function catchUpBatch(store: Store, { limit, waits, enough = Number.POSITIVE_INFINITY }: BatchAsked): Promise<number> {
  return store.transaction(async (transaction) => {
    await refreshEdition(transaction);
    if (!(await transaction.value<boolean>(sql`select has_table_privilege('search_state', 'update') as may`))) return 0;
    const [state] = await transaction.rows<{ upTo: number; edition: string }>(sql`
      select up_to::float8 as "upTo", edition from search_state ${waits ? sql`for update` : sql`for update skip locked`}`);
    if (state === undefined) return 0;
    const edition = storedStamp() ?? "";
    const isSame = state.edition === edition;
    if (isSame && state.upTo >= enough) return 0;
    const last = await transaction.value<number>(sql`select ${lastRevision}::float8 as last`);
    const from = isSame ? state.upTo : 0;
    const upTo = Math.min(from + limit, last);
    if (isSame && upTo <= from) return 0;
    const changed = await transaction.values<string>(sql`
      select distinct aid_id as "aidId" from ${revisionsBetween(sql`${from}::bigint`, sql`${upTo}::bigint`)} history`);
    await refresh(transaction, changed);
    // The first time that nothing is left to index, the index becomes complete.
    const wasCompleteFrom = isSame ? sql`complete_from` : sql`least(complete_from, 1)`;
    const completeFrom = upTo >= last ? sql`case when complete_from = 0 then ${upTo}::bigint else ${wasCompleteFrom} end` : wasCompleteFrom;
    await transaction.rows(sql`update search_state set up_to = ${upTo}::bigint, complete_from = ${completeFrom}, edition = ${edition}`);
    return upTo - from;
  });
}

/**
 * Removes aids from the index that have changed since they were indexed, so that it contains no forgotten people. They are indexed again
 * later. Requires the lock on the history, and that the caller's own revisions have their numbers.
 */
export async function forgetOutdated(transaction: Store): Promise<void> {
  await transaction.rows(sql`select from search_state for update`);
  await transaction.rows(sql`
    delete from aid_search where aid_id in (
      select aid_id from ${revisionsBetween(sql`(select up_to from search_state)`, lastRevision)} history)`);
}

async function refresh(transaction: Store, aidIds: readonly string[]): Promise<void> {
  if (aidIds.length === 0) return;
  const picked = sql`(select id::uuid from jsonb_array_elements_text(${storableJson(aidIds)}::jsonb) as picked (id))`;
  const aids = await transaction.rows<SearchSource>(sql`
    select aid_id as "aidId", connector, external_id as "externalId", status, withdrawn_at::text as "withdrawnAt", site_url as "siteUrl", imported, kept, edits, proposals,
      created_at::text as "createdAt", updated_at::text as "updatedAt", ${firstPublished}::text as "publishedAt"
    from aids_with_source aids where aid_id in ${picked}`);
  const found = aids.map(searchRowOf);
  const rows = storableJson(found.map(({ named, ...row }) => row));
  await transaction.rows(sql`delete from aid_search where aid_id in ${picked}`);
  await transaction.rows(sql`
    insert into aid_search (aid_id, connector, title, words, status, standing, deadline, territories, categories, audiences, types, organisations, language,
      proposals, changes, missing, steps, destinations, recurrence, european_aid, is_call, is_charged, start_date, source_updated_date, licence, published_at, created_at, updated_at, ranked)
    select aid_id, connector, title, words::tsvector, status, standing, deadline, territories, categories, audiences, types, organisations, language,
      proposals, changes, missing, steps, destinations, recurrence, european_aid, is_call, is_charged, start_date, source_updated_date, licence, published_at, created_at, updated_at,
      setweight(to_tsvector('french', ranked[1]), 'A') || setweight(to_tsvector('french', ranked[2]), 'B') || setweight(to_tsvector('french', ranked[3]), 'C')
    from jsonb_to_recordset(${rows}::jsonb) as found (aid_id uuid, connector text, title text, words text, ranked text[], status text,
      standing text, deadline date, territories text[], categories text[], audiences text[], types text[], organisations text[], language text,
      proposals int, changes text[], missing text[], steps text[], destinations text[], recurrence text, european_aid text, is_call boolean, is_charged boolean, start_date date,
      source_updated_date date, licence text, published_at timestamptz, created_at timestamptz, updated_at timestamptz)`);
  await transaction.rows(sql`
    insert into territory_sets (territories)
    select distinct territories from aid_search where aid_id in ${picked} on conflict do nothing`);
  await giveAddresses(transaction, rows);
  await giveNumbers(
    transaction,
    found.flatMap(({ named, standing }) => (standing === "live" ? named : [])),
  );
}

/**
 * SQL for the first publication of an aid. The status after a revision is in the next revision's `before`, or in the aid itself. An adopted
 * aid that was published before its history begins counts as published when it was created.
 */
const firstPublished = sql`(
  select min(at) from (
    select at, lead(before ->> 'status') over (order by revision) as after, revision = max(revision) over () as is_last
    from aid_history history where history.aid_id = aids.aid_id
  ) revision where coalesce(after, case when is_last then aids.status end) = 'published')`;

/**
 * Gives live aids their numbers and slugs. An aid has the number of Aides-territoires while its `siteNumber` says so and no other aid has
 * it; our own number stays its former one, and is its number again if an adoption is undone.
 */
async function giveAddresses(transaction: Store, rows: string): Promise<void> {
  const live = sql`jsonb_to_recordset(${rows}::jsonb) as found (aid_id uuid, slug text, site_number bigint, standing text, published_at timestamptz) where standing = 'live'`;
  await transaction.rows(sql`
    update aid_numbers known set number = coalesce(former_number, nextval(pg_get_serial_sequence('aid_numbers', 'number'))), former_number = null
    from (select aid_id, site_number from ${live}) live
    where known.aid_id = live.aid_id and known.number < ${firstOwnNumber} and known.number is distinct from live.site_number`);
  await transaction.rows(sql`
    insert into aid_numbers as known (aid_id, number)
    select distinct on (site_number) aid_id, site_number from (select * from ${live}) live
    where not exists (select from aid_numbers taken where taken.number = live.site_number) and site_number is not null
    order by site_number, published_at, aid_id
    on conflict (aid_id) do update set former_number = known.number, number = excluded.number`);
  await transaction.rows(sql`
    insert into aid_numbers (aid_id) select aid_id from (select aid_id, published_at from ${live}) live
    where not exists (select from aid_numbers known where known.aid_id = live.aid_id) order by published_at, aid_id`);
  await transaction.rows(sql`insert into aid_slugs (slug, aid_id) select slug, aid_id from ${live} on conflict (slug) do nothing`);
}

/** Gives the names in live aids their permanent numbers. */
async function giveNumbers(transaction: Store, named: ReturnType<typeof searchRowOf>["named"]): Promise<void> {
  if (named.length === 0) return;
  const distinct = [...new Map(named.map((one) => [`${one.kind} ${one.slug}`, one])).values()];
  await transaction.rows(sql`
    insert into named_numbers (kind, slug, name)
    select kind, slug, name from jsonb_to_recordset(${storableJson(distinct)}::jsonb) as given (kind text, slug text collate "C", name text)
    where not exists (select from named_numbers known where known.kind = given.kind and known.slug = given.slug)
    order by kind, slug on conflict do nothing`);
}

/** Pause when there is nothing to index. Only large imports need this background task, because lists index small changes themselves. */
const lookMs = 2000;
/** While the database is away, every look fails. */
const sayEveryMs = 60_000;

interface ErrorLogger {
  error(what: object, message: string): void;
}

/** Indexes changes in batches until the signal aborts. Resolves when the last batch is done. Logs failures at most once a minute. */
export async function keepSearchUpToDate(
  { search }: { readonly search: { catchUp(): Promise<number> } },
  logger: ErrorLogger,
  signal: AbortSignal,
  pauseMs = lookMs,
): Promise<void> {
  let saidAt = Number.NEGATIVE_INFINITY;
  while (!signal.aborted) {
    const done = await search.catchUp().catch((error: unknown) => {
      if (performance.now() - saidAt >= sayEveryMs) {
        logger.error({ err: error }, "the search index could not be updated");
        saidAt = performance.now();
      }
      return 0;
    });
    // A pause between batches lets others work, even on a database with one connection.
    await wait(done === 0 ? pauseMs : 10, undefined, { signal }).catch(() => undefined);
  }
}
