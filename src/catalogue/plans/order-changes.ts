import { type SQL, sql } from "drizzle-orm";
import type { Store } from "../store.ts";

/**
 * The order of changes, for everybody who follows the catalogue: the search index, the change feeds, undo. Plans of different connectors are
 * applied at the same time, so the number of a revision is only known when its transaction is about to commit. Until then the transaction
 * numbers its revisions on its own, as a batch: 1, 2, 3…
 */

/** A transaction's revisions, or its announcements of aids without a revision (`reannounced_aids`). */
export interface RevisionBatch {
  readonly id: number;
  /** Null for revisions without a plan. */
  readonly planId: string | null;
}

/** Begins a batch of revisions. Call it before locking aids: `forget` locks out everybody who writes revisions. */
export async function beginRevisions(transaction: Store, planId: string | null): Promise<RevisionBatch> {
  await transaction.rows(sql`lock table aid_history in row exclusive mode`);
  const id = await transaction.value<number>(sql`select nextval('history_batches')::float8 as id`);
  return { id, planId };
}

/**
 * Gives the batch its place in the order of changes. Must be the last act of the transaction: from here to the commit, no other plan can
 * commit. The lock is released after the commit is visible, so a reader who sees a number also sees all numbers before it.
 */
export async function orderRevisions(transaction: Store, { id, planId }: RevisionBatch, now: Date): Promise<void> {
  const revisions = await transaction.value<number>(sql`
    select greatest((select max(place) from aid_history where batch = ${id}::bigint),
      (select max(place) from reannounced_aids where batch = ${id}::bigint), 0) as revisions`);
  if (revisions === 0) return;
  await transaction.lock("order of changes");
  // `now` is the time at which the work began, so the time since then is added.
  await transaction.rows(sql`
    insert into applied_plans (batch, plan_id, first_seq, last_seq, at)
    select ${id}::bigint, ${planId}::uuid, coalesce(last.last_seq, 0) + 1, coalesce(last.last_seq, 0) + ${revisions},
      greatest(last.at, ${now.toISOString()}::timestamptz + (clock_timestamp() - now()))
    from (values (1)) one left join (select last_seq, at from applied_plans order by last_seq desc limit 1) last on true`);
}

/** SQL for the number of the last committed revision. */
export const lastRevision = sql`coalesce((select max(last_seq) from applied_plans), 0)`;

/** SQL for the number of a row of `aid_history`, by its alias. */
export function numberOf(history: string): SQL {
  const row = sql.identifier(history);
  return sql`(select first_seq + ${row}.place - 1 from applied_plans where applied_plans.batch = ${row}.batch)`;
}

/** SQL table of the revisions after a number, up to another: `aid_history` with `seq`. */
export function revisionsBetween(after: SQL, upTo: SQL): SQL {
  // Batches follow each other without gaps, so the first batch with its end at or after `upTo` contains it.
  return sql`(
    select history.*, applied.first_seq + history.place - 1 as seq
    from applied_plans applied join aid_history history on history.batch = applied.batch
      and history.place > ${after} - applied.first_seq + 1 and history.place <= ${upTo} - applied.first_seq + 1
    where applied.last_seq > ${after}
      and applied.last_seq <= coalesce((select last_seq from applied_plans where last_seq >= ${upTo} order by last_seq limit 1), ${upTo}))`;
}

/** SQL table of the announcements without a revision, between two numbers: `aid_id` and `seq`. */
export function announcementsBetween(after: SQL, upTo: SQL): SQL {
  return sql`(
    select announced.aid_id, applied.first_seq + announced.place - 1 as seq
    from applied_plans applied join reannounced_aids announced on announced.batch = applied.batch
      and announced.place > ${after} - applied.first_seq + 1 and announced.place <= ${upTo} - applied.first_seq + 1
    where applied.last_seq > ${after}
      and applied.last_seq <= coalesce((select last_seq from applied_plans where last_seq >= ${upTo} order by last_seq limit 1), ${upTo}))`;
}

/**
 * Returns the position from which to read all revisions that were committed since an instant: before the first of them, or after the last
 * revision. A few older revisions may follow the position too.
 */
export async function positionAt(store: Store, instant: Date): Promise<number> {
  return store.value<number>(sql`
    select coalesce(
      (select first_seq - 1 from applied_plans where applied_plans.at >= ${instant.toISOString()}::timestamptz order by applied_plans.at, first_seq limit 1),
      ${lastRevision})::float8 as position`);
}
