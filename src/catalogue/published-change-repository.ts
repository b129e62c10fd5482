import { type SQL, sql } from "drizzle-orm";
import { openLicences } from "../aid/open-licences.ts";
import type { Slug } from "../aid/vocabularies.ts";
import { survivorOf } from "./change-feed-repository.ts";
import type { Store } from "./store.ts";

/** An aid that has changed, and the last revision of all that did it. */
export interface ChangedAid {
  readonly aidId: string;
  readonly seq: number;
}

/** What became of an aid that was live at least once. */
export interface KnownAid {
  readonly aidId: string;
  readonly number: number;
  /** Null where it is there no more: its creation was undone. */
  readonly status: Slug<"status"> | null;
  readonly isWithdrawn: boolean;
  readonly revision: number | null;
  readonly connector: string | null;
  readonly licence: Slug<"importShareLicence"> | null;
  readonly name: string | null;
  /** Names in addresses that it had when it was live. */
  readonly slugs: readonly string[];
  /** Licences that were taken from it when it had been published; not looked for where the one it has is open. */
  readonly formerLicences: readonly string[];
  readonly mergedInto: string | null;
}

/** Revisions that are looked at in one go. */
const stretch = 2000;

/** A field of every aid as it is shown. */
const shown = (field: "name" | "importShareLicence") =>
  sql`coalesce(aids.edits -> ${field}::text ->> 'value', aids.kept ->> ${field}::text, aids.imported ->> ${field}::text, '')`;

/** What became of aids that were live, one by one and in the order of the changes. */
export class PublishedChangeRepository {
  constructor(private readonly store: Store) {}

  /**
   * The revision before the first one of an instant or later; the last where none is. What is behind it may be older than the instant,
   * and misses nothing.
   */
  async positionAt(instant: Date): Promise<number> {
    const { seq } = await this.store.row<{ seq: number }>(sql`
      select coalesce(
        (select min(seq) - 1 from aid_history where at >= ${instant.toISOString()}::timestamptz), (select max(seq) from aid_history), 0)::float8 as seq`);
    return seq;
  }

  /**
   * Aids that were live at least once and have changed after a revision, in batches in the order of their last one; `upTo`: as far as the
   * index has come. One that changes
   * meanwhile comes again, later.
   */
  async *after(position: number, upTo: number): AsyncGenerator<ChangedAid[]> {
    for (let from = position; from < upTo; ) {
      const to = Math.min(from + stretch, upTo);
      const found = await this.store.rows<ChangedAid>(sql`
        select history.aid_id as "aidId", history.seq::float8 as seq
        from aid_history history join aid_numbers numbers on numbers.aid_id = history.aid_id
        where history.seq > ${from}::bigint and history.seq <= ${to}::bigint and not exists (
          select from aid_history later where later.aid_id = history.aid_id and later.revision > history.revision and later.seq <= ${upTo}::bigint)
        order by history.seq`);
      if (found.length > 0) yield found;
      from = to;
    }
  }

  /** How many aids that were live have changed between two revisions. */
  async count(position: number, upTo: number): Promise<number> {
    const { count } = await this.store.row<{ count: number }>(sql`
      select count(*)::int as count from (select distinct aid_id from aid_history where seq > ${position}::bigint and seq <= ${upTo}::bigint) changed
      where exists (select from aid_numbers numbers where numbers.aid_id = changed.aid_id)`);
    return count;
  }

  /** What became of these, in any order. */
  known(aidIds: readonly string[]): Promise<KnownAid[]> {
    return aidIds.length === 0
      ? Promise.resolve([])
      : this.#where(sql`numbers.aid_id = any(string_to_array(${aidIds.join(",")}, ',')::uuid[])`);
  }

  /** One by its permanent id, its number, or a name that it had in addresses; null where none was ever live that is called so. */
  async find(by: { readonly aidId: string } | { readonly number: number } | { readonly slug: string }): Promise<KnownAid | null> {
    const [found] = await this.#where(conditionOf(by));
    return found ?? null;
  }

  #where(condition: SQL): Promise<KnownAid[]> {
    return this.store.rows<KnownAid>(sql`
      select numbers.aid_id as "aidId", numbers.number::float8 as number, aids.status, aids.withdrawn_at is not null as "isWithdrawn",
        aids.revision, aids.connector,
        case when aids.aid_id is not null then ${shown("importShareLicence")} end as licence,
        case when aids.aid_id is not null then ${shown("name")} end as name,
        to_jsonb(array(select slug from aid_slugs where aid_slugs.aid_id = numbers.aid_id)) as slugs,
        case when ${shown("importShareLicence")} = any(string_to_array(${[...openLicences].join(",")}, ',')) then '[]' else to_jsonb(array(
          select distinct history.fields #>> '{importShareLicence,current}' from aid_history history
          where history.aid_id = numbers.aid_id and jsonb_exists(history.fields, 'importShareLicence') and exists (
            select from aid_history earlier
            where earlier.aid_id = history.aid_id and earlier.revision <= history.revision and earlier.before ->> 'status' = 'published'))) end as "formerLicences",
        case when aids.status = 'merged' then ${survivorOf(sql`aids.merged_into`)} end as "mergedInto"
      from aid_numbers numbers left join aids on aids.aid_id = numbers.aid_id where ${condition}`);
  }
}

function conditionOf(by: Parameters<PublishedChangeRepository["find"]>[0]): SQL {
  if ("aidId" in by) return sql`numbers.aid_id = ${by.aidId}::uuid`;
  if ("number" in by) return sql`numbers.number = ${by.number}::bigint`;
  return sql`numbers.aid_id = (select aid_id from aid_slugs where slug = ${by.slug})`;
}
