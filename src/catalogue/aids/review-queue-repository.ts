import { type SQL, sql } from "drizzle-orm";
import type { AidField } from "../../model/aid/aid.ts";
import { bringIn } from "../search/catch-up-search.ts";
import { type SearchFilter, searchCondition } from "../search/search-filter.ts";
import type { ListedAid } from "../search/search-repository.ts";
import type { Store } from "../store.ts";

/**
 * The curators' queues. `review`: new aids. `proposals`: aids with open proposals. `expired`: aids of these two queues whose deadline is
 * past. `duplicates`: new aids with the same title as an aid of another connector.
 */
export type ReviewQueue = "review" | "proposals" | "expired" | "duplicates";

/** Filters a queue, and gives the current day. */
export interface ReviewFilter extends Pick<SearchFilter, "connectors" | "territories" | "categories" | "deadlineFrom" | "deadlineTo"> {
  /** `complete`: only new aids that lack nothing to be published. Proposals are the same with and without it. */
  readonly step?: "complete";
  readonly queue: ReviewQueue;
  /** `YYYY-MM-DD`, in Paris. */
  readonly today: string;
}

/** An aid in a queue. */
export interface QueuedAid
  extends Pick<
    ListedAid,
    "aidId" | "revision" | "connector" | "externalId" | "title" | "standing" | "organisations" | "deadline" | "createdAt"
  > {
  /** Fields to fill or correct before publication. */
  readonly missing: readonly AidField[];
  /** Fields with an open proposal. */
  readonly proposed: readonly AidField[];
}

/** Sort position of an aid. The aid need not be in the queue. */
export interface QueuePlace {
  readonly aidId: string;
  readonly deadline: string | null;
}

/** Number of aids in each queue. */
export type QueueCounts = Readonly<Record<ReviewQueue, number>>;

const revisionsAtOnce = 1000;
const countsKept = 200;

/** New aids and proposals of all connectors, nearest deadline first. */
export class ReviewQueueRepository {
  readonly #counted = new Map<string, QueueCounts>();
  readonly #waiting = new Map<string, Pick<QueueCounts, "review" | "proposals">>();

  constructor(private readonly store: Store) {}

  /** Lists waiting aids. */
  async list(filter: ReviewFilter, { limit, offset }: { readonly limit: number; readonly offset: number }): Promise<QueuedAid[]> {
    if ((await this.count(filter)) === 0) return [];
    const select = sql`
      select found.aid_id as "aidId", aids.revision, found.connector, aids.external_id as "externalId", found.title, found.standing,
        to_jsonb(found.organisations) as organisations, found.deadline::text as deadline, to_jsonb(found.missing) as missing,
        to_jsonb(array(select jsonb_object_keys(aids.proposals))) as proposed, found.created_at::text as "createdAt"
      from (
        select aid_id, row_number() over (order by ${orderOf(filter)}) as place from aid_search where ${queueCondition(filter)}
        order by ${orderOf(filter)} limit ${limit} offset ${offset}
      ) picked join aid_search found on found.aid_id = picked.aid_id join aids on aids.aid_id = picked.aid_id order by picked.place`;
    return this.store.datedRows<QueuedAid>(["createdAt"], select);
  }

  /** Counts the aids in a queue. */
  async count({ queue, ...filter }: ReviewFilter): Promise<number> {
    return (await this.counts(filter))[queue];
  }

  /** Counts the aids in each queue. Caches the counts until the index changes, because pages show them often. */
  async counts(filter: Omit<ReviewFilter, "queue">): Promise<QueueCounts> {
    return this.#untilIndexed(this.#counted, filter, () => this.#count(filter, ["review", "proposals", "expired", "duplicates"]));
  }

  /** Counts new aids and proposals. During a night, the doubles among them would be counted again each time. */
  async waiting(filter: Omit<ReviewFilter, "queue">): Promise<Pick<QueueCounts, "review" | "proposals">> {
    return this.#untilIndexed(this.#waiting, filter, () => this.#count(filter, ["review", "proposals"]));
  }

  /** Returns the stored answer to a question, or searches again if the index has changed since. */
  async #untilIndexed<Found>(cache: Map<string, Found>, question: unknown, find: () => Promise<Found>): Promise<Found> {
    await indexRecent(this.store);
    const upTo = await this.store.value<string>(sql`select up_to || ' ' || edition as "upTo" from search_state`);
    const key = JSON.stringify([upTo, question]);
    const found = cache.get(key) ?? (await find());
    if (cache.size >= countsKept) cache.clear();
    cache.set(key, found);
    return found;
  }

  #count<Queue extends ReviewQueue>(filter: Omit<ReviewFilter, "queue">, queues: readonly Queue[]): Promise<Pick<QueueCounts, Queue>> {
    const of = (queue: Queue) =>
      sql`(select count(*)::int from aid_search where ${queueCondition({ ...filter, queue })}) as ${sql.identifier(queue)}`;
    return this.store.row(sql`select ${sql.join(queues.map(of), sql`, `)}`);
  }

  /** Returns the sort position of an aid, or null if there is no such aid. */
  async position(aidId: string): Promise<QueuePlace | null> {
    await indexRecent(this.store);
    return this.store.find<QueuePlace>(
      sql`select aid_id as "aidId", deadline::text as deadline from aid_search where aid_id = ${aidId}::uuid`,
    );
  }

  /** Returns the first aid after a position (null: the start) that nobody else has open, or null. */
  async next(filter: ReviewFilter, after: QueuePlace | null, person: string | null, now: Date): Promise<string | null> {
    return this.store.findValue<string>(sql`
      select aid_id as "aidId" from aid_search where ${queueCondition(filter)} and ${afterCondition(filter, after)} and not ${isOpenElsewhere(sql`aid_search.aid_id`, person, now)}
      order by ${orderOf(filter)} limit 1`);
  }

  /** Counts the aids of a queue after a position. */
  async countAfter(filter: ReviewFilter, after: QueuePlace): Promise<number> {
    return this.store.value<number>(
      sql`select count(*)::int as count from aid_search where ${queueCondition(filter)} and ${afterCondition(filter, after)}`,
    );
  }

  /** Lists the ids of all waiting aids, in pages. The aids must not change meanwhile. */
  async *ids(filter: ReviewFilter): AsyncGenerator<string[]> {
    await indexRecent(this.store);
    for (let after: QueuePlace | null = null; ; ) {
      const rows: QueuePlace[] = await this.store.rows<QueuePlace>(sql`
        select aid_id as "aidId", deadline::text as deadline from aid_search where ${queueCondition(filter)} and ${afterCondition(filter, after)}
        order by ${orderOf(filter)} limit 500`);
      if (rows.length === 0) return;
      yield rows.map(({ aidId }) => aidId);
      after = rows.at(-1) ?? null;
    }
  }
}

/** Indexes recent changes, so that people see their own actions at once. Does not wait for large imports. */
export async function indexRecent(store: Store): Promise<void> {
  await bringIn(store, { limit: revisionsAtOnce, most: revisionsAtOnce });
}

const isNew = sql`aid_search.standing = 'review'`;
const isProposed = sql`(aid_search.proposals > 0 and aid_search.standing not in ('deleted', 'merged'))`;
/**
 * Condition: an aid of another connector has the same title. It reads each title once. A search for the double of each aid takes ten times
 * as long after a first night, in which most aids have one.
 */
const hasDouble = sql`aid_search.title in (
  select title from aid_search where standing in ('live', 'review', 'draft') group by title having min(connector) <> max(connector))`;

/** Returns the condition on `aid_search` that an aid waits in a queue. Every count of waiting aids uses it. */
export function queueCondition({ queue, today, ...filter }: ReviewFilter): SQL {
  const { step: _, ...all } = filter;
  if (queue === "expired") return sql`(${isNew} or ${isProposed}) and ${searchCondition({ ...filter, expiredOn: today })}`;
  if (queue === "proposals") return sql`${isProposed} and ${searchCondition({ ...all, notExpiredOn: today })}`;
  const stillOpen = searchCondition({ ...filter, notExpiredOn: today });
  return queue === "review" ? sql`${isNew} and ${stillOpen}` : sql`${isNew} and ${stillOpen} and ${hasDouble}`;
}

/** Returns the order: nearest deadline first, aids without a deadline last. Expired aids: last expired first. */
function orderOf({ queue }: ReviewFilter): SQL {
  return queue === "expired" ? sql`deadline desc, aid_id desc` : sql`deadline, aid_id`;
}

function afterCondition({ queue }: ReviewFilter, after: QueuePlace | null): SQL {
  if (after === null) return sql`true`;
  const { aidId, deadline } = after;
  if (deadline === null) return queue === "expired" ? sql`false` : sql`(deadline is null and aid_id > ${aidId}::uuid)`;
  const place = sql`(${deadline}::date, ${aidId}::uuid)`;
  return queue === "expired" ? sql`(deadline, aid_id) < ${place}` : sql`((deadline, aid_id) > ${place} or deadline is null)`;
}

/** After this time without a report, a page counts as closed. Open pages report every 20 seconds, or once a minute in the background. */
const staysMs = 90_000;

/** A person who has an aid open, and the seconds since their page last reported. */
export interface ActiveVisitor {
  readonly name: string;
  readonly seconds: number;
}

/** People who have an aid open, so that two people do not do the same work. */
export class AidVisitRepository {
  constructor(private readonly store: Store) {}

  /** Records that the person has the aid open. `leavesOthers`: records too that the person has no other aid open. */
  async touch(aidId: string, person: string, now: Date, leavesOthers = false): Promise<void> {
    if (leavesOthers) await this.store.rows(sql`delete from aid_visits where person = ${person}::uuid and aid_id <> ${aidId}::uuid`);
    await this.store.rows(sql`
      insert into aid_visits (aid_id, person, seen_at) values (${aidId}::uuid, ${person}::uuid, ${now.toISOString()}::timestamptz)
      on conflict (aid_id, person) do update set seen_at = excluded.seen_at`);
  }

  /** Records that the person closed the aid. */
  async leave(aidId: string, person: string): Promise<void> {
    await this.store.rows(sql`delete from aid_visits where aid_id = ${aidId}::uuid and person = ${person}::uuid`);
  }

  /** Lists other people who have the aid open, and the seconds since their pages last reported. */
  async others(aidId: string, person: string | null, now: Date): Promise<ActiveVisitor[]> {
    return this.store.rows<ActiveVisitor>(sql`
      select people.name, extract(epoch from ${now.toISOString()}::timestamptz - visit.seen_at)::float8 as seconds from aid_visits visit join people on people.id = visit.person
      where visit.aid_id = ${aidId}::uuid and visit.person is distinct from ${person}::uuid and visit.seen_at > ${since(now)}
      order by people.name limit 10`);
  }

  /** Returns the aids that other people have open, with their names. */
  async busy(aidIds: readonly string[], person: string | null, now: Date): Promise<ReadonlyMap<string, string>> {
    return this.store.map<string, string>(sql`
      select visit.aid_id as "aidId", string_agg(people.name, ', ' order by people.name) as names
      from aid_visits visit join people on people.id = visit.person
      where visit.aid_id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(aidIds)}::jsonb))
        and visit.person is distinct from ${person}::uuid and visit.seen_at > ${since(now)}
      group by visit.aid_id`);
  }
}

/** Returns the condition that another person has the aid open. */
export function isOpenElsewhere(aidId: SQL, person: string | null, now: Date): SQL {
  return sql`exists (select from aid_visits visit where visit.aid_id = ${aidId} and visit.person is distinct from ${person}::uuid and visit.seen_at > ${since(now)})`;
}

function since(now: Date): SQL {
  return sql`${new Date(now.getTime() - staysMs).toISOString()}::timestamptz`;
}
