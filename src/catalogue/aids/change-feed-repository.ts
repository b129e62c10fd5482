import { type SQL, sql } from "drizzle-orm";
import type { Aid } from "../../model/aid/aid.ts";
import { reasonGone, type Tombstone } from "../../model/aid/tombstone.ts";
import { numberOf, positionAt } from "../plans/order-changes.ts";
import type { Store } from "../store.ts";
import { type AidRow, aidOf } from "./aid-row.ts";

/** Position in the change feed: after a revision, or from an instant on. */
export type FeedPosition = { readonly afterSeq: number } | { readonly from: Date };

/** A run and its position in the change feed. */
export interface RunPosition {
  readonly runId: string;
  readonly afterSeq: number;
}

interface FeedRow extends AidRow {
  readonly isRemoved: boolean;
  readonly hasChanged: boolean;
  readonly survivor: string | null;
}

/** Sorts before every id. */
const noId = "00000000-0000-0000-0000-000000000000";
const aidsAPage = 1000;

/** The change feed for clients that follow the catalogue. */
export class ChangeFeedRepository {
  constructor(private readonly store: Store) {}

  /**
   * Finds at most two runs whose id begins with `id`, because the caller needs exactly one. A run's position is its own last revision. If
   * it made none, the position is the last revision before the run ended, and not before the revisions of earlier runs of its connector, in
   * case the clock did not advance between the runs.
   */
  async runsBeginning(id: string): Promise<RunPosition[]> {
    // A float is precise enough: there will never be 2^53 revisions.
    return this.store.rows<RunPosition>(sql`
      with found as (select * from runs where starts_with(id::text, ${id.toLowerCase()}) order by id limit 2),
      written as (
        select runs.connector, runs.token, applied.last_seq, plans.applied_at from runs
          join plans on plans.run_id = runs.id and plans.origin = 'run' join applied_plans applied on applied.plan_id = plans.id
        where runs.connector in (select connector from found)
      )
      select id as "runId", coalesce(
        (select max(last_seq) from written where written.connector = found.connector and written.token = found.token),
        greatest(
          (select max(last_seq) from applied_plans where at < coalesce(found.ended_at, found.started_at)),
          (select max(last_seq) from written
            where written.connector = found.connector and written.token < found.token and written.applied_at <= coalesce(found.ended_at, found.started_at))),
        0)::float8 as "afterSeq"
      from found`);
  }

  /**
   * Lists aids that changed since a position, in pages in canonical order (connector, external id): the displayed aid, or a tombstone.
   * Includes aids that changed back, so it is always safe to ask from an earlier position.
   */
  async *since(position: FeedPosition, connector?: string): AsyncGenerator<(Aid | Tombstone)[]> {
    const afterSeq = "from" in position ? await positionAt(this.store, position.from) : position.afterSeq;
    const pages = this.store.pages<FeedRow, "connector" | "externalId" | "aidId" | "isRemoved">(
      aidsAPage,
      { connector: "", externalId: "", aidId: noId, isRemoved: false },
      (after) => page(after, afterSeq, connector),
    );
    for await (const rows of pages) {
      const changed = rows.filter(({ hasChanged }) => hasChanged);
      if (changed.length > 0) yield changed.map(followed);
    }
  }
}

/**
 * Returns SQL for the next page of aids, which marks the aids that changed. A removed aid comes after the current aid with the same
 * external id. The page is selected first, so that the planner examines each aid once. Aids that did not change come without content.
 */
function page(after: Pick<FeedRow, "connector" | "externalId" | "aidId" | "isRemoved">, afterSeq: number, connector?: string): SQL {
  const ofConnector = connector === undefined ? sql`true` : sql`connector = ${connector}`;
  return sql`
    with current as materialized (
      select aid_id, connector, external_id, status, withdrawn_at, merged_into, imported, kept, edits, false as is_removed from aids_with_source aids
      where (connector, external_id) > (${after.connector}, ${after.externalId}) and ${ofConnector} order by connector, external_id limit ${aidsAPage}
    ), removed as materialized (
      select aid_id, connector, external_id, null::text, null::date, null::uuid, '{}'::jsonb, '{}'::jsonb, '{}'::jsonb, true from removed_aids
      where (connector, external_id, aid_id) > (${after.connector}, ${after.externalId}, ${after.isRemoved ? after.aidId : noId}::uuid) and ${ofConnector}
      order by connector, external_id, aid_id limit ${aidsAPage}
    ), listed as materialized (
      select * from (select * from current union all select * from removed) either
      order by connector, external_id, is_removed, aid_id limit ${aidsAPage}
    ), marked as materialized (select *, case when is_removed then ${removedCondition(afterSeq)} else ${changedCondition(afterSeq)} end as has_changed from listed)
    select aid_id as "aidId", connector, external_id as "externalId", is_removed as "isRemoved", has_changed as "hasChanged",
      case when has_changed then imported end as imported, case when has_changed then kept end as kept, case when has_changed then edits end as edits,
      case when is_removed and has_changed then ${lastState("status")} else status end as status,
      case when is_removed and has_changed then ${lastState("withdrawnAt")} else withdrawn_at::text end as "withdrawnAt",
      case when has_changed then ${survivorOf(sql`listed.merged_into`)} end as survivor
    from marked listed order by connector, external_id, is_removed, aid_id`;
}

function sinceCondition(afterSeq: number): SQL {
  return sql`${numberOf("history")} > ${afterSeq}::bigint`;
}

/** Returns SQL for the visible part of a state in the history. `seenNow`: the same for the current aid. */
const seenOf = (state: SQL) =>
  sql`jsonb_build_array(${state} -> 'externalId', ${state} -> 'status', ${state} -> 'withdrawnAt', ${state} -> 'mergedInto')`;
const seenNow = sql`jsonb_build_array(listed.external_id, listed.status, listed.withdrawn_at, listed.merged_into)`;

/** Condition: the displayed value of a field changed. */
const showsAnother = sql`exists (select from jsonb_each(revision.fields) as field(name, change)
  where coalesce(change #> '{after,edit,value}', change #> '{after,kept}', change -> 'incoming', 'null') <> coalesce(change -> 'current', 'null'))`;

/**
 * Returns the condition that a revision since the position changed something visible: existence, state or a field. A revision stores the
 * state before it, so the state after it is in the next revision.
 */
function changedCondition(afterSeq: number): SQL {
  return sql`coalesce((
    select true from (
      select before, fields, lead(before) over (order by revision) as next from history_with_values history
      where history.aid_id = listed.aid_id and ${sinceCondition(afterSeq)}
    ) revision
    where before is null or ${seenOf(sql`before`)} <> case when next is null then ${seenNow} else ${seenOf(sql`next`)} end or ${showsAnother}
    limit 1), false)`;
}

/** Returns the condition that the creation of the aid was undone since the position. */
function removedCondition(afterSeq: number): SQL {
  return sql`coalesce((
    select true from aid_history history where history.aid_id = listed.aid_id and history.kind = 'remove' and ${sinceCondition(afterSeq)} limit 1), false)`;
}

function lastState(name: "status" | "withdrawnAt"): SQL {
  return sql`(select before ->> ${name} from aid_history history where history.aid_id = listed.aid_id order by revision desc limit 1)`;
}

/** Returns SQL for the aid that replaces a merged one, following chains of merges. It is null if `mergedInto` is null. */
export function survivorOf(mergedInto: SQL): SQL {
  return sql`(
  with recursive merged(aid_id, depth) as (
    select ${mergedInto}, 1 where ${mergedInto} is not null
    union all
    select further.merged_into, depth + 1 from merged join aids further on further.aid_id = merged.aid_id
    where further.status = 'merged' and further.merged_into is not null and depth < 100
  ) select aid_id from merged order by depth desc limit 1)`;
}

function followed(row: FeedRow): Aid | Tombstone {
  const { aidId, connector, externalId, status, withdrawnAt, isRemoved } = row;
  const reason = isRemoved ? "removed" : reasonGone(row);
  if (reason === null) return aidOf(row);
  return {
    aidId,
    connector,
    externalId,
    status,
    withdrawnAt,
    deleted: true,
    reason,
    mergedInto: reason === "merged" ? row.survivor : null,
  };
}
