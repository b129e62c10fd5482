import { sql } from "drizzle-orm";
import type { Store } from "../store.ts";
import { isoInstant, isUuid } from "../store.ts";

/** An aid of a sample. `seenBy`, `seenAt` (ISO instant): the person who has checked it, or null. */
interface CheckedAid {
  readonly aidId: string;
  readonly connector: string;
  readonly title: string;
  readonly seenBy: string | null;
  readonly seenAt: string | null;
}

/** An aid that a run has published by itself. */
export interface PublishedByRun extends CheckedAid {
  readonly runId: string;
  /** ISO instant. */
  readonly publishedAt: string;
}

const title = sql`coalesce(aids.edits #>> '{name,value}', aids.kept ->> 'name', aids.imported ->> 'name', aids.external_id) as title`;
const checks = sql`policy_checks.by as "seenBy", ${isoInstant(sql`policy_checks.at`)} as "seenAt"`;

/** The aids that runs have published by themselves, and those that answers for a source have filled, for people who check a sample. */
export class PublishedByRunsRepository {
  constructor(private readonly store: Store) {}

  /**
   * Returns the number of aids that runs have published since an instant and that are still on the site, and a random sample of them, which
   * stays the same for equal `seed`.
   */
  async sample(since: Date, seed: string, size: number): Promise<{ readonly count: number; readonly sample: PublishedByRun[] }> {
    const rows = await this.store.rows<PublishedByRun & { readonly count: number }>(sql`
      with published as (
        select distinct on (changes.aid_id) changes.aid_id, plans.run_id, plans.applied_at
        from plans join changes on changes.plan_id = plans.id
        where plans.origin = 'run' and plans.applied_at >= ${since.toISOString()}::timestamptz and plans.undone_by is null
          and (plans.counts ->> 'published')::int > 0 and changes.state ->> 'status' = 'published'
          and (plans.state = 'applied' or changes.part is not null)
        order by changes.aid_id, plans.applied_at desc
      ), live as (
        select published.*, aids.connector, count(*) over ()::int as count from published join aids on aids.aid_id = published.aid_id
        where aids.status = 'published' and aids.withdrawn_at is null
        order by md5(published.aid_id::text || ${seed}) limit ${size}
      )
      select live.aid_id as "aidId", live.connector, live.run_id as "runId", ${isoInstant(sql`live.applied_at`)} as "publishedAt", live.count,
        ${title}, ${checks}
      from live join aids_with_source aids on aids.aid_id = live.aid_id left join policy_checks on policy_checks.aid_id = live.aid_id
      order by (policy_checks.by is not null), live.applied_at desc, live.aid_id`);
    return { count: rows[0]?.count ?? 0, sample: rows.map(({ count: _, ...row }) => row) };
  }

  /**
   * Returns the number of aids that have changed since an instant and show answers that nobody has confirmed for them, and a random sample of
   * them, which stays the same for equal `seed`.
   */
  async answeredSample(since: Date, seed: string, size: number): Promise<{ readonly count: number; readonly sample: CheckedAid[] }> {
    const rows = await this.store.rows<CheckedAid & { readonly count: number }>(sql`
      with answered as (
        select aid_id, connector, count(*) over ()::int as count from aids
        where updated_at >= ${since.toISOString()}::timestamptz and withdrawn_at is null and status in ('reviewable', 'draft', 'published')
          and edits <> '{}' and jsonb_path_exists(edits, '$.*.suggestion ? (@.confirmed == false && exists (@.decision))')
        order by md5(aid_id::text || ${seed}) limit ${size}
      )
      select answered.aid_id as "aidId", answered.connector, answered.count, ${title}, ${checks}
      from answered join aids_with_source aids on aids.aid_id = answered.aid_id left join policy_checks on policy_checks.aid_id = answered.aid_id
      order by (policy_checks.by is not null), answered.aid_id`);
    return { count: rows[0]?.count ?? 0, sample: rows.map(({ count: _, ...row }) => row) };
  }

  /** Records that a person has checked an aid. Returns false if somebody has already done so. */
  async markSeen(aidId: string, { by, now }: { readonly by: string; readonly now: Date }): Promise<boolean> {
    if (!isUuid(aidId)) return false;
    return this.store.any(sql`
      insert into policy_checks (aid_id, by, at) select aid_id, ${by}, ${now.toISOString()}::timestamptz from aids where aid_id = ${aidId}::uuid
      on conflict (aid_id) do nothing returning 1`);
  }
}
