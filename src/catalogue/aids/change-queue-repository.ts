import { type SQL, sql } from "drizzle-orm";
import type { Store } from "../store.ts";
import { indexRecent, isOpenElsewhere, queueCondition, type ReviewFilter } from "./review-queue-repository.ts";

/** Filters the queue of proposals. */
export type ChangeFilter = Omit<ReviewFilter, "queue"> & {
  /** Only items of this person (an id), or only those of nobody. */
  readonly assigned?: { readonly to: string | null };
};

/** An item of the queue of proposals: a change that several aids have in common, or an aid with other proposals. */
export interface ChangeItem {
  /** Key of the change, or id of the aid. */
  readonly item: string;
  readonly isChange: boolean;
  /** Number of aids, and the one with the nearest deadline. */
  readonly aids: number;
  readonly aidId: string;
  /** Nearest deadline, `YYYY-MM-DD`. */
  readonly deadline: string | null;
  readonly connectors: readonly string[];
  /** Name and id of the person who decides it, or null. */
  readonly assignee: string | null;
  readonly assigneeId: string | null;
}

/** Number of items to decide, of aids, and of aids whose deadline is before a day. */
export interface ChangeCounts {
  readonly items: number;
  readonly aids: number;
  readonly soon: number;
}

/** Sort position of an item. */
export interface ItemPlace {
  readonly due: string;
  readonly fewer: number;
  readonly unread: number;
  readonly offline: boolean;
  readonly item: string;
}

/** An aid with a change. `changedAt`: when the aid last changed, in microseconds since 1970. */
export interface ChangedAid {
  readonly aidId: string;
  readonly connector: string;
  readonly changedAt: number;
}

/** The last answer to a change of several aids. */
export interface ChangeAnswer {
  readonly by: string;
  readonly act: string;
  readonly at: Date;
  readonly aids: number;
  readonly planId: string;
}

/** The proposals of publishers, each change once. Nearest deadline first, then the change of most aids, then the aid that is read most. */
export class ChangeQueueRepository {
  constructor(private readonly store: Store) {}

  /** Lists items in order. */
  async list(filter: ChangeFilter, { limit, offset }: { readonly limit: number; readonly offset: number }): Promise<ChangeItem[]> {
    await indexRecent(this.store);
    return this.store.rows<ChangeItem>(sql`
      with ${itemsOf(filter)}
      select item, is_change as "isChange", aids, aid_id::text as "aidId", nullif(due, 'infinity')::text as deadline, to_jsonb(connectors) as connectors, assignee, assigned::text as "assigneeId"
      from items where ${assignedCondition(filter)} order by ${order} limit ${limit} offset ${offset}`);
  }

  /** Counts items and aids. `soon`: a day, `YYYY-MM-DD`. */
  async counts(filter: ChangeFilter, soon: string): Promise<ChangeCounts> {
    await indexRecent(this.store);
    return this.store.row<ChangeCounts>(sql`
      with ${itemsOf(filter)}
      select (select count(*)::int from items where ${assignedCondition(filter)}) as items,
        (select count(*)::int from waiting) as aids, (select count(*)::int from waiting where deadline < ${soon}::date) as soon`);
  }

  /** Returns the position of an item, or where an aid that is no item would be. Null: there is no such item. */
  async position(filter: ChangeFilter, item: string): Promise<ItemPlace | null> {
    await indexRecent(this.store);
    return this.store.find<ItemPlace>(sql`
      with ${itemsOf(filter)}
      select due::text as due, fewer, unread::float8 as unread, offline, item from items where item = ${item}
      union all
      select coalesce(deadline, 'infinity')::text, -1, 0, standing <> 'live', aid_id::text from aid_search where aid_id::text = ${item} limit 1`);
  }

  /** Returns the first item after a position (null: the start) that is not in the hands of somebody else, or null. */
  async next(filter: ChangeFilter, after: ItemPlace | null, person: string | null, now: Date): Promise<string | null> {
    return this.store.findValue<string>(sql`
      with ${itemsOf(filter)}
      select item from items where ${afterCondition(after)} and ${assignedCondition(filter)}
        and (assigned is null or assigned = ${person}::uuid) and not ${isOpenElsewhere(visitKey, person, now)}
      order by ${order} limit 1`);
  }

  /** Counts all items, and those after a position. */
  countAround(filter: ChangeFilter, place: ItemPlace): Promise<{ readonly all: number; readonly after: number }> {
    return this.store.row(sql`
      with ${itemsOf(filter)} select count(*)::int as all, count(*) filter (where ${afterCondition(place)})::int as after
      from items where ${assignedCondition(filter)}`);
  }

  /** Lists the aids with a change, nearest deadline first. */
  async aidsWith(change: string, filter: ChangeFilter): Promise<ChangedAid[]> {
    await indexRecent(this.store);
    return this.store.rows(sql`
      select aid_id::text as "aidId", connector, (extract(epoch from updated_at) * 1000000)::float8 as "changedAt" from aid_search
      where ${queueCondition({ ...filter, queue: "proposals" })} and ${change} = any(changes) order by deadline, aid_id`);
  }

  /** Returns the last answer to a change, or null. */
  async lastAnswer(change: string): Promise<ChangeAnswer | null> {
    const select = sql`
      select made_by as by, asked ->> 'act' as act, applied_at::text as at, (asked ->> 'aids')::int as aids, id::text as "planId"
      from plans where origin = 'curator' and asked ->> 'change' = ${change} and applied_at is not null order by applied_at desc limit 1`;
    return (await this.store.datedRows<ChangeAnswer>(["at"], select))[0] ?? null;
  }

  /** Gives items to a person, or to nobody (null). */
  async assign(items: readonly string[], person: string | null, now: Date): Promise<void> {
    const given = sql`(select jsonb_array_elements_text(${JSON.stringify(items)}::jsonb))`;
    if (person === null) await this.store.rows(sql`delete from review_assignments where item in ${given}`);
    else
      await this.store.rows(sql`
        insert into review_assignments (item, person, at) select item, ${person}::uuid, ${now.toISOString()}::timestamptz from ${given} as given (item)
        on conflict (item) do update set person = excluded.person, at = excluded.at`);
  }
}

/** The aid whose visits show who has an item open: for a change, an id made from its key. */
const visitKey = sql`case when is_change then md5(item)::uuid else item::uuid end`;

/** Months whose readings count as demand. */
const demandMonths = 3;

/**
 * Returns the CTEs `waiting` (aids with proposals), `repeated` (changes of several aids) and `items`. An aid is an item if it has a change of
 * its own, or if its changes have no key yet, because it was indexed by an older version.
 */
function itemsOf({ assigned: _, ...filter }: ChangeFilter): SQL {
  return sql`
    waiting as materialized (
      select aid_id, connector, deadline, standing, changes from aid_search where ${queueCondition({ ...filter, queue: "proposals" })}
    ), demand as materialized (
      select aid_id, sum(count)::bigint as reads from aid_reads
      where month >= ${filter.today}::date - ${`${demandMonths} months`}::interval and aid_id in (select aid_id from waiting) group by aid_id
    ), repeated as materialized (
      select change, count(*)::int as aids, min(deadline) as deadline, bool_or(standing = 'live') as is_live, array_agg(distinct connector) as connectors,
        (array_agg(aid_id order by deadline, aid_id))[1] as aid_id
      from waiting cross join unnest(changes) as one (change) group by change having count(*) > 1
    ), counted as (
      select change as item, true as is_change, aids, aid_id, deadline, is_live, connectors, 0::bigint as reads from repeated
      union all
      select waiting.aid_id::text, false, 1, waiting.aid_id, deadline, standing = 'live', array[connector], coalesce(reads, 0)
      from waiting left join demand on demand.aid_id = waiting.aid_id
      where cardinality(changes) = 0 or exists (select from unnest(changes) as one (change) where change not in (select change from repeated))
    ), items as (
      select counted.*, coalesce(deadline, 'infinity') as due, -aids as fewer, -reads as unread, not is_live as offline,
        review_assignments.person as assigned, people.name as assignee
      from counted left join review_assignments on review_assignments.item = counted.item left join people on people.id = review_assignments.person
    )`;
}

const order = sql`due, fewer, unread, offline, item collate "C"`;

function afterCondition(after: ItemPlace | null): SQL {
  if (after === null) return sql`true`;
  const { due, fewer, unread, offline, item } = after;
  return sql`(due, fewer, unread, offline, item collate "C") > (${due}::date, ${fewer}::int, ${unread}::bigint, ${offline}::boolean, ${item}::text collate "C")`;
}

function assignedCondition({ assigned }: ChangeFilter): SQL {
  if (assigned === undefined) return sql`true`;
  return assigned.to === null ? sql`assigned is null` : sql`assigned = ${assigned.to}::uuid`;
}
