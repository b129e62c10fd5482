import { type SQL, sql } from "drizzle-orm";
import type { AidField } from "../../model/aid/aid.ts";
import { catchUpBatch, revisionsBehind } from "../search/catch-up-search.ts";
import { matches, type SearchFilter } from "../search/search-filter.ts";
import type { SearchStanding } from "../search/search-row.ts";
import type { Store } from "../store.ts";
import { nobodyElseHas } from "./visit-repository.ts";

/**
 * What waits for curators. `review`: new aids; `proposals`: changes of publishers; `expired`: either, where one can no longer apply; `duplicates`: new aids
 * that have the title of an aid of another connector.
 */
export type ReviewQueue = "review" | "proposals" | "expired" | "duplicates";

/** Which of them, and what day it is. */
export interface ReviewFilter extends Pick<SearchFilter, "connectors" | "territories" | "categories" | "deadlineFrom" | "deadlineTo"> {
  readonly queue: ReviewQueue;
  /** `YYYY-MM-DD`, in Paris. */
  readonly today: string;
}

/** An aid that waits. */
export interface QueuedAid {
  readonly aidId: string;
  readonly revision: number;
  readonly connector: string;
  readonly externalId: string;
  readonly title: string;
  readonly standing: SearchStanding;
  readonly organisations: readonly string[];
  /** `YYYY-MM-DD` */
  readonly deadline: string | null;
  /** Fields to fill or mend before it can be published. */
  readonly missing: readonly AidField[];
  /** Fields with a proposal that waits. */
  readonly proposed: readonly AidField[];
  readonly createdAt: Date;
}

/** Where an aid stands in a queue, be it in it or not. */
export interface QueuePlace {
  readonly aidId: string;
  readonly deadline: string | null;
}

/** How many aids wait in each queue. */
export type QueueCounts = Readonly<Record<ReviewQueue, number>>;

const revisionsAtOnce = 1000;
const countsKept = 200;

/** New aids and proposals, over all connectors, the nearest deadline first. */
export class ReviewQueueRepository {
  readonly #counted = new Map<string, QueueCounts>();

  constructor(private readonly store: Store) {}

  /** Aids that wait, from `offset` on. */
  async list(filter: ReviewFilter, { limit, offset }: { readonly limit: number; readonly offset: number }): Promise<QueuedAid[]> {
    if ((await this.count(filter)) === 0) return [];
    const rows = await this.store.rows<Omit<QueuedAid, "createdAt"> & { createdAt: string }>(sql`
      select found.aid_id as "aidId", aids.revision, found.connector, aids.external_id as "externalId", found.title, found.standing,
        to_jsonb(found.organisations) as organisations, found.deadline::text as deadline, to_jsonb(found.missing) as missing,
        to_jsonb(array(select jsonb_object_keys(aids.proposals))) as proposed, found.created_at::text as "createdAt"
      from (
        select aid_id, row_number() over (order by ${orderOf(filter)}) as place from aid_search where ${waits(filter)}
        order by ${orderOf(filter)} limit ${limit} offset ${offset}
      ) picked join aid_search found on found.aid_id = picked.aid_id join aids on aids.aid_id = picked.aid_id order by picked.place`);
    return rows.map((row) => ({ ...row, createdAt: new Date(row.createdAt) }));
  }

  /** How many wait. */
  async count({ queue, ...filter }: ReviewFilter): Promise<number> {
    return (await this.counts(filter))[queue];
  }

  /** How many wait in each queue. Counted once for each state of the index: pages ask for it again and again. */
  async counts(filter: Omit<ReviewFilter, "queue">): Promise<QueueCounts> {
    await this.#bringIn();
    const { upTo } = await this.store.row<{ upTo: string }>(sql`select up_to::text as "upTo" from search_state`);
    const key = JSON.stringify([upTo, filter]);
    const counts = this.#counted.get(key) ?? (await this.#count(filter));
    if (this.#counted.size >= countsKept) this.#counted.clear();
    this.#counted.set(key, counts);
    return counts;
  }

  #count(filter: Omit<ReviewFilter, "queue">): Promise<QueueCounts> {
    const of = (queue: ReviewQueue) => sql`(select count(*)::int from aid_search where ${waits({ ...filter, queue })})`;
    return this.store.row(sql`
      select ${of("review")} as review, ${of("proposals")} as proposals, ${of("expired")} as expired, ${of("duplicates")} as duplicates`);
  }

  /** Where an aid stands; null where there is no such aid. */
  async position(aidId: string): Promise<QueuePlace | null> {
    await this.#bringIn();
    const [place] = await this.store.rows<QueuePlace>(
      sql`select aid_id as "aidId", deadline::text as deadline from aid_search where aid_id = ${aidId}::uuid`,
    );
    return place ?? null;
  }

  /** The first aid after a place (null: of all) that nobody else has before them; null where there is none. */
  async next(filter: ReviewFilter, after: QueuePlace | null, person: string | null, now: Date): Promise<string | null> {
    const [next] = await this.store.rows<{ aidId: string }>(sql`
      select aid_id as "aidId" from aid_search where ${waits(filter)} and ${comesAfter(filter, after)} and ${nobodyElseHas(sql`aid_search.aid_id`, person, now)}
      order by ${orderOf(filter)} limit 1`);
    return next?.aidId ?? null;
  }

  /** Ids of all that wait, in pages. Nothing may be done to them meanwhile. */
  async *ids(filter: ReviewFilter): AsyncGenerator<string[]> {
    await this.#bringIn();
    for (let after: QueuePlace | null = null; ; ) {
      const rows: QueuePlace[] = await this.store.rows<QueuePlace>(sql`
        select aid_id as "aidId", deadline::text as deadline from aid_search where ${waits(filter)} and ${comesAfter(filter, after)}
        order by ${orderOf(filter)} limit 500`);
      if (rows.length === 0) return;
      yield rows.map(({ aidId }) => aidId);
      after = rows.at(-1) ?? null;
    }
  }

  /** What a person has just done is in the queue that they see next; a first feed of thousands is not waited for. */
  async #bringIn(): Promise<void> {
    const behind = await revisionsBehind(this.store);
    if (behind === 0 || behind > revisionsAtOnce) return;
    while ((await catchUpBatch(this.store, { most: revisionsAtOnce, waits: true })) > 0);
  }
}

const isNew = sql`aid_search.standing = 'review'`;
const isProposed = sql`(aid_search.proposals > 0 and aid_search.standing not in ('deleted', 'merged'))`;
/**
 * Titles of one connector may well be the same: of an aid for each department, say. Which titles are met twice the index on them says by itself; the rows, which
 * are wide, are looked at for those only, one by one (hence `limit`): the planner takes them for many and would read all aids.
 */
const hasDouble = sql`aid_search.aid_id in (
  with twice as materialized (
    select one.aid_id, one.title, one.connector from aid_search one
    where one.standing = 'review' and exists (select from aid_search other where other.title = one.title and other.aid_id <> one.aid_id)
  ) select twice.aid_id from twice cross join lateral (
    select from aid_search other where other.title = twice.title and other.connector <> twice.connector and other.standing in ('live', 'review', 'draft') limit 1) double)`;

function waits({ queue, today, ...filter }: ReviewFilter): SQL {
  if (queue === "expired") return sql`(${isNew} or ${isProposed}) and ${matches({ ...filter, expiredOn: today })}`;
  const stillOpen = matches({ ...filter, notExpiredOn: today });
  if (queue === "proposals") return sql`${isProposed} and ${stillOpen}`;
  return queue === "review" ? sql`${isNew} and ${stillOpen}` : sql`${isNew} and ${stillOpen} and ${hasDouble}`;
}

/** Nearest first, and none last; of what has expired, the last to expire: it may have been prolonged. */
function orderOf({ queue }: ReviewFilter): SQL {
  return queue === "expired" ? sql`deadline desc, aid_id desc` : sql`deadline, aid_id`;
}

function comesAfter({ queue }: ReviewFilter, after: QueuePlace | null): SQL {
  if (after === null) return sql`true`;
  const { aidId, deadline } = after;
  if (deadline === null) return queue === "expired" ? sql`false` : sql`(deadline is null and aid_id > ${aidId}::uuid)`;
  const place = sql`(${deadline}::date, ${aidId}::uuid)`;
  return queue === "expired" ? sql`(deadline, aid_id) < ${place}` : sql`((deadline, aid_id) > ${place} or deadline is null)`;
}
