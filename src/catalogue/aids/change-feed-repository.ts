import { type SQL, sql } from "drizzle-orm";
import type { Aid } from "../../model/aid/aid.ts";
import { reasonGone, type Tombstone } from "../../model/aid/tombstone.ts";
import type { Store } from "../store.ts";
import { type AidRow, aidOf } from "./aid-row.ts";

/** Where somebody who follows the catalogue stands: after a place in the order of all revisions, or at an instant, whose own revisions count. */
export type FeedPosition = { readonly afterSeq: number } | { readonly from: Date };

/** A run, and where in the order of all revisions it was applied. */
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

/** What leaves the catalogue for those who follow it: what changed since they last asked. */
export class ChangeFeedRepository {
  constructor(private readonly store: Store) {}

  /**
   * Runs whose id begins like this, two at most: the caller wants one. A run stands after its own last revision; one that wrote none after all that was
   * written before it ended, and after the earlier runs of its connector: with a clock that stands, instants alone would not tell.
   */
  async runsBeginning(id: string): Promise<RunPosition[]> {
    // As a number: a process does not live to see 2^53 revisions.
    return this.store.rows<RunPosition>(sql`
      with asked as (select * from runs where starts_with(id::text, ${id.toLowerCase()}) order by id limit 2),
      written as (
        select runs.connector, runs.token, history.seq, history.at from runs
          join plans on plans.run_id = runs.id and plans.origin = 'run' join aid_history history on history.plan_id = plans.id
        where runs.connector in (select connector from asked)
      )
      select id as "runId", coalesce(
        (select max(seq) from written where written.connector = asked.connector and written.token = asked.token),
        greatest(
          (select max(seq) from aid_history where at < coalesce(asked.ended_at, asked.started_at)),
          (select max(seq) from written
            where written.connector = asked.connector and written.token < asked.token and written.at <= coalesce(asked.ended_at, asked.started_at))),
        0)::float8 as "afterSeq"
      from asked`);
  }

  /**
   * Pages of aids of which something that is seen has changed since, in canonical order (connector, external id): what is shown of them now, or a
   * tombstone. What changed and changed back is given too, so that asking from an earlier place than one stands at does no harm.
   */
  async *since(position: FeedPosition, connector?: string): AsyncGenerator<(Aid | Tombstone)[]> {
    for (let after = { connector: "", externalId: "", aidId: noId, isRemoved: false }; ; ) {
      const rows = await this.store.rows<FeedRow>(page(after, position, connector));
      const changed = rows.filter(({ hasChanged }) => hasChanged);
      if (changed.length > 0) yield changed.map(followed);
      const last = rows.at(-1);
      if (last === undefined || rows.length < aidsAPage) return;
      after = last;
    }
  }
}

/**
 * The next aids in order, those that were removed after the one that has their external id now, and whether each has changed. The page is taken before that
 * is asked: whatever the planner believes, no aid is looked at twice. What has not changed comes without its content.
 */
function page(after: Pick<FeedRow, "connector" | "externalId" | "aidId" | "isRemoved">, position: FeedPosition, connector?: string): SQL {
  const isAsked = connector === undefined ? sql`true` : sql`connector = ${connector}`;
  return sql`
    with held as materialized (
      select aid_id, connector, external_id, status, withdrawn_at, merged_into, imported, kept, edits, false as is_removed from aids
      where (connector, external_id) > (${after.connector}, ${after.externalId}) and ${isAsked} order by connector, external_id limit ${aidsAPage}
    ), removed as materialized (
      select aid_id, connector, external_id, null::text, null::date, null::uuid, '{}'::jsonb, '{}'::jsonb, '{}'::jsonb, true from removed_aids
      where (connector, external_id, aid_id) > (${after.connector}, ${after.externalId}, ${after.isRemoved ? after.aidId : noId}::uuid) and ${isAsked}
      order by connector, external_id, aid_id limit ${aidsAPage}
    ), listed as materialized (
      select * from (select * from held union all select * from removed) either
      order by connector, external_id, is_removed, aid_id limit ${aidsAPage}
    ), marked as materialized (select *, case when is_removed then ${wasRemoved(position)} else ${wasChanged(position)} end as has_changed from listed)
    select aid_id as "aidId", connector, external_id as "externalId", is_removed as "isRemoved", has_changed as "hasChanged",
      case when has_changed then imported end as imported, case when has_changed then kept end as kept, case when has_changed then edits end as edits,
      case when is_removed and has_changed then ${lastState("status")} else status end as status,
      case when is_removed and has_changed then ${lastState("withdrawnAt")} else withdrawn_at::text end as "withdrawnAt",
      case when has_changed then ${survivorOf(sql`listed.merged_into`)} end as survivor
    from marked listed order by connector, external_id, is_removed, aid_id`;
}

function isSince(position: FeedPosition): SQL {
  return "from" in position ? sql`at >= ${position.from.toISOString()}::timestamptz` : sql`seq > ${position.afterSeq}::bigint`;
}

/** What is seen of an aid beside its fields: of an `AidState` in the history, and of the aid as it is now. */
const seenOf = (state: SQL) =>
  sql`jsonb_build_array(${state} -> 'externalId', ${state} -> 'status', ${state} -> 'withdrawnAt', ${state} -> 'mergedInto')`;
const seenNow = sql`jsonb_build_array(listed.external_id, listed.status, listed.withdrawn_at, listed.merged_into)`;

/** A field shows something else than before: its edit, else what is kept, else what came in. */
const showsAnother = sql`exists (select from jsonb_each(revision.fields) as field(name, change)
  where coalesce(change #> '{after,edit,value}', change #> '{after,kept}', change -> 'incoming', 'null') <> coalesce(change -> 'current', 'null'))`;

/**
 * True for an aid of which a revision since then changed something that is seen: that it is there, its state, a field. A revision's state before is kept,
 * its state after is that of the next one.
 */
function wasChanged(position: FeedPosition): SQL {
  return sql`coalesce((
    select true from (
      select before, fields, lead(before) over (order by revision) as next from aid_history history
      where history.aid_id = listed.aid_id and ${isSince(position)}
    ) revision
    where before is null or ${seenOf(sql`before`)} <> case when next is null then ${seenNow} else ${seenOf(sql`next`)} end or ${showsAnother}
    limit 1), false)`;
}

/** True for an aid whose creation was undone since then, whoever undid it. */
function wasRemoved(position: FeedPosition): SQL {
  return sql`coalesce((
    select true from aid_history history where history.aid_id = listed.aid_id and history.kind = 'remove' and ${isSince(position)} limit 1), false)`;
}

function lastState(name: "status" | "withdrawnAt"): SQL {
  return sql`(select before ->> ${name} from aid_history history where history.aid_id = listed.aid_id order by revision desc limit 1)`;
}

/** The aid that stands in the place of a merged one, of what it was merged into: where that one was merged in its turn, the last of the row. Null where it is null. */
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
