import { type SQL, sql } from "drizzle-orm";
import { openLicences } from "../../model/aid/open-data.ts";
import type { ConfirmableBasis } from "../../model/aid/reuse-basis.ts";
import type { Slug } from "../../model/vocabularies.ts";
import { survivorOf } from "../aids/change-feed-repository.ts";
import { announcementsBetween, numberOf, positionAt, revisionsBetween } from "../plans/order-changes.ts";
import { type Store, textArray } from "../store.ts";
import type { PublishedFilter } from "./published-condition.ts";
import { isLetOut, revokedBasesOf, wasLetOut } from "./reuse-basis-repository.ts";

/** An aid that changed, and its last revision. */
export interface ChangedAid {
  readonly aidId: string;
  readonly seq: number;
}

/** Current state of an aid that was live at least once. */
export interface KnownAid {
  readonly aidId: string;
  readonly number: number;
  /** Our number, if the aid was public before it got that of Aides-territoires. */
  readonly formerNumber: number | null;
  /** Null if it no longer exists: its creation was undone. */
  readonly status: Slug<"status"> | null;
  readonly isWithdrawn: boolean;
  readonly revision: number | null;
  readonly connector: string | null;
  readonly licence: Slug<"importShareLicence"> | null;
  readonly name: string | null;
  /** Empty without one. */
  readonly siteSlug: string;
  /** Slugs it had while it was live. */
  readonly slugs: readonly string[];
  /** Licences that it had after publication and lost. Empty if the current licence is open. */
  readonly formerLicences: readonly string[];
  /** Legal basis in force for its connector, and those that let it out once and were revoked. */
  readonly basis: ConfirmableBasis | null;
  readonly revokedBases: readonly ConfirmableBasis[];
  readonly mergedInto: string | null;
}

/** Number of revisions per query. */
const stretch = 2000;

/** Returns SQL for a displayed field of an aid. */
const shown = (field: "name" | "siteSlug" | "importShareLicence") =>
  sql`coalesce(aids.edits -> ${field}::text ->> 'value', aids.kept ->> ${field}::text, aids.imported ->> ${field}::text, '')`;

/** Returns the condition for aids of these connectors, and for deleted aids, whose connector is unknown. */
function connectorCondition(aidId: SQL, connectors: readonly string[] | undefined): SQL {
  if (connectors === undefined) return sql`true`;
  return sql`not exists (select from aids other where other.aid_id = ${aidId} and other.connector <> all(${textArray(connectors)}))`;
}

/** Returns SQL for the licences that an aid lost after publication. */
function formerLicences(aidId: SQL): SQL {
  return sql`array(
    select distinct former.fields #>> '{importShareLicence,current}' from aid_history former
    where former.aid_id = ${aidId} and jsonb_exists(former.fields, 'importShareLicence') and exists (
      select from aid_history earlier
      where earlier.aid_id = former.aid_id and earlier.revision <= former.revision and earlier.before ->> 'status' = 'published'))`;
}

/** Changes of aids that were live at least once. */
export class PublishedChangeRepository {
  constructor(private readonly store: Store) {}

  /** Returns the position from which to read all revisions since an instant. A few older revisions may follow it too. */
  positionAt(instant: Date): Promise<number> {
    return positionAt(this.store, instant);
  }

  /**
   * Lists aids that were live and changed after a revision, in batches by last revision, up to `upTo`, the position of the index. An aid
   * that changes meanwhile is listed again later. `connectors`: only these, and deleted aids, whose connector is unknown.
   */
  async *after(position: number, upTo: number, connectors?: readonly string[]): AsyncGenerator<ChangedAid[]> {
    const ofConnectors = connectorCondition(sql`history.aid_id`, connectors);
    for (let from = position; from < upTo; ) {
      const to = Math.min(from + stretch, upTo);
      const [after, end] = [sql`${from}::bigint`, sql`${to}::bigint`];
      // The subqueries look up later revisions one by one, because a join would read the whole history for each batch.
      const found = await this.store.rows<ChangedAid>(sql`
        select history.aid_id as "aidId", history.seq::float8 as seq from (
          select aid_id, seq, revision from ${revisionsBetween(after, end)} revisions
          union all select aid_id, seq, -1 from ${announcementsBetween(after, end)} announcements
        ) history join aid_numbers numbers on numbers.aid_id = history.aid_id
        where (
          select true from aid_history later
          where later.aid_id = history.aid_id and later.revision > history.revision and ${numberOf("later")} > history.seq
            and ${numberOf("later")} <= ${upTo}::bigint limit 1) is null
          and (
            select true from reannounced_aids later where later.aid_id = history.aid_id and ${numberOf("later")} > history.seq
              and ${numberOf("later")} <= ${upTo}::bigint limit 1) is null
          and ${ofConnectors}
        order by history.seq`);
      if (found.length > 0) yield found;
      from = to;
    }
  }

  /**
   * Counts aids that were live and changed between two revisions. `connectors`: as in `after`. `licences`: readable licences, null for
   * all. Aids that never had one of these after publication do not count.
   */
  async count(position: number, upTo: number, { connectors, licences }: Pick<PublishedFilter, "connectors" | "licences">): Promise<number> {
    const isReadable =
      licences === null
        ? sql`true`
        : sql`not exists (
            select from aid_search other where other.aid_id = changed.aid_id and other.licence <> all(${textArray(licences)})
              and not ${formerLicences(sql`changed.aid_id`)} && ${textArray(licences)}
              and not exists (
                select from unnest(array_append(${formerLicences(sql`changed.aid_id`)}, other.licence)) had (licence)
                where ${isLetOut(sql`other.connector`, sql`had.licence`)} or ${wasLetOut(sql`changed.aid_id`, sql`had.licence`)}))`;
    const [after, end] = [sql`${position}::bigint`, sql`${upTo}::bigint`];
    return this.store.value<number>(sql`
      select count(*)::int as count from aid_numbers changed
      where changed.aid_id in (
        select aid_id from ${revisionsBetween(after, end)} history union select aid_id from ${announcementsBetween(after, end)} announcements) and ${connectorCondition(sql`changed.aid_id`, connectors)} and ${isReadable}`);
  }

  /** Reads the current state of these aids, in any order. */
  known(aidIds: readonly string[]): Promise<KnownAid[]> {
    return aidIds.length === 0 ? Promise.resolve([]) : this.#where(sql`numbers.aid_id = any(${textArray(aidIds)}::uuid[])`);
  }

  /** Finds an aid by permanent id, number or slug. Returns null if no live aid ever had it. */
  async find(by: { readonly aidId: string } | { readonly number: number } | { readonly slug: string }): Promise<KnownAid | null> {
    const [found] = await this.#where(conditionOf(by));
    return found ?? null;
  }

  #where(condition: SQL): Promise<KnownAid[]> {
    return this.store.rows<KnownAid>(sql`
      select numbers.aid_id as "aidId", numbers.number::float8 as number, numbers.former_number::float8 as "formerNumber", aids.status, aids.withdrawn_at is not null as "isWithdrawn",
        aids.revision, aids.connector,
        case when aids.aid_id is not null then ${shown("importShareLicence")} end as licence,
        case when aids.aid_id is not null then ${shown("name")} end as name, ${shown("siteSlug")} as "siteSlug",
        to_jsonb(array(select slug from aid_slugs where aid_slugs.aid_id = numbers.aid_id)) as slugs,
        case when ${shown("importShareLicence")} = any(${textArray(openLicences)}) then '[]'
          else to_jsonb(${formerLicences(sql`numbers.aid_id`)}) end as "formerLicences",
        (select basis from confirmed_bases confirmed where confirmed.connector = aids.connector and revoked_at is null) as basis,
        ${revokedBasesOf(sql`numbers.aid_id`)} as "revokedBases",
        case when aids.status = 'merged' then ${survivorOf(sql`aids.merged_into`)} end as "mergedInto"
      from aid_numbers numbers left join aids_with_source aids on aids.aid_id = numbers.aid_id where ${condition}`);
  }
}

function conditionOf(by: Parameters<PublishedChangeRepository["find"]>[0]): SQL {
  if ("aidId" in by) return sql`numbers.aid_id = ${by.aidId}::uuid`;
  if ("number" in by) return sql`${by.number}::bigint in (numbers.number, numbers.former_number)`;
  return sql`numbers.aid_id = (select aid_id from aid_slugs where slug = ${by.slug})`;
}
