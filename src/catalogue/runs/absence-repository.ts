import { type SQL, sql } from "drizzle-orm";
import { parisDay } from "../../model/text/paris-day.ts";
import { storableJson } from "../../model/text/storable.ts";
import { isInReview, shownField } from "../aids/shown-field.ts";
import { isOff } from "../aids/stored-aid.ts";
import type { SearchStanding } from "../search/search-row.ts";
import { isoInstant, type Store } from "../store.ts";

/** Time after which a missing aid is withdrawn: number of applied runs on a complete feed, and number of days in Paris. */
export interface Grace {
  readonly runs: number;
  readonly days: number;
}

/** An aid that is missing from the feed of a plan. Instants are ISO. */
export interface MissingAid {
  readonly aidId: string;
  readonly connector: string;
  readonly externalId: string;
  readonly title: string | null;
  readonly language: string | null;
  /** The publisher's page. */
  readonly originUrl: string | null;
  readonly standing: SearchStanding;
  /** Start of the last applied run whose feed contained the aid, or null if that run is no longer stored. */
  readonly lastSeen: string | null;
  /** When the aid became absent, before this plan; null if this is the first feed without it. */
  readonly absentSince: string | null;
  /** Number of applied complete feeds without the aid, before this plan. */
  readonly missedRuns: number;
  /** This plan withdraws the aid. */
  readonly isWithdrawn: boolean;
  /** Another source of the aid is in its feed, so that the aid is not withdrawn. */
  readonly hasOtherSource: boolean;
}

const aidsAtATime = 5000;

/** Aids missing in complete feeds. */
export class AbsenceRepository {
  constructor(private readonly store: Store) {}

  /**
   * Records aids missing in the feed of a plan, except those that were withdrawn or rejected meanwhile. They become absent when the
   * plan is applied.
   */
  async add(planId: string, aidIds: readonly string[]): Promise<void> {
    for (let first = 0; first < aidIds.length; first += aidsAtATime) {
      const some = storableJson(aidIds.slice(first, first + aidsAtATime));
      await this.store.rows(sql`
        insert into planned_absences (plan_id, aid_id)
        select ${planId}::uuid, aid_id from aids join jsonb_array_elements_text(${some}::jsonb) missing on aids.aid_id = missing.value::uuid
        where withdrawn_at is null and not ${isOff}`);
    }
  }

  /** Removes aids from a plan's missing aids, because the feed contains them under another id. */
  async remove(planId: string, aidIds: readonly string[]): Promise<void> {
    await this.store.rows(sql`
      delete from planned_absences where plan_id = ${planId}::uuid
        and aid_id in (select value::uuid from jsonb_array_elements_text(${storableJson(aidIds)}::jsonb))`);
  }

  /** Counts the missing aids of a plan. */
  async count(planId: string): Promise<number> {
    return this.store.value<number>(sql`select count(*)::int as count from planned_absences where plan_id = ${planId}::uuid`);
  }

  /** Lists the missing aids of an open plan: those that were not absent before first, then by external id. */
  async list(planId: string, { limit, offset = 0 }: { readonly limit: number; readonly offset?: number }): Promise<MissingAid[]> {
    return this.store.rows<MissingAid>(sql`
      with missing as (
        select planned.aid_id, aids.external_id, plans.connector, runs.token, absences.since_token, absences.since_at
        from planned_absences planned join plans on plans.id = planned.plan_id join runs on runs.id = plans.run_id join aids on aids.aid_id = planned.aid_id
          left join absences on absences.aid_id = planned.aid_id and absences.ended_run is null
        where planned.plan_id = ${planId}::uuid
        order by absences.since_at is not null, aids.external_id limit ${limit} offset ${offset}
      )
      select aids.aid_id as "aidId", aids.connector, aids.external_id as "externalId", ${shownField("name")} as title, aids.imported ->> 'language' as language,
        ${shownField("originUrl")} as "originUrl",
        case aids.status when 'published' then 'live' when 'draft' then 'draft'
          else case when ${isInReview} then 'review' else 'out-of-scope' end end as standing,
        ${isoInstant(sql`(
          select max(started_at) from runs where runs.connector = missing.connector and ${isCounted}
            and runs.token < coalesce(missing.since_token, missing.token))`)} as "lastSeen",
        ${isoInstant(sql`missing.since_at`)} as "absentSince", ${missedRuns(sql`missing.connector`, sql`missing.since_token`)}::int as "missedRuns",
        exists (select from changes where changes.plan_id = ${planId}::uuid and changes.aid_id = aids.aid_id and changes.kind = 'withdraw') as "isWithdrawn",
        ${hasOtherSource} as "hasOtherSource"
      from missing join aids_with_source aids on aids.aid_id = missing.aid_id
      order by missing.since_at is not null, missing.external_id`);
  }

  /** Adds the withdrawals that are due to a plan in preparation, counting this run. Returns their number. */
  async withdrawDue(planId: string, connector: string, grace: Grace, now: Date): Promise<number> {
    return this.store.value<number>(sql`
      with due as (
        insert into changes (plan_id, aid_id, external_id, kind, base_revision, fields)
        select ${planId}::uuid, aids.aid_id, aids.external_id, 'withdraw', aids.revision, '{}'
        from planned_absences planned join aids on aids.aid_id = planned.aid_id
          left join absences on absences.aid_id = planned.aid_id and absences.ended_run is null
        where planned.plan_id = ${planId}::uuid and ${dueCondition(connector, grace, now)}
        returning 1
      ) select count(*)::int as due from due`);
  }

  /** Returns true if a withdrawal would be due after another run on the last applied feed. */
  async isAnyDue(connector: string, grace: Grace, now: Date): Promise<boolean> {
    return this.store.any(sql`
      select 1 from absences join aids on aids.aid_id = absences.aid_id
      where absences.connector = ${connector} and absences.ended_run is null and aids.withdrawn_at is null
        and not ${isOff} and ${dueCondition(connector, grace, now)} limit 1`);
  }

  /** Returns the missing aids of a plan that were not absent before: number and the first ones by external id. */
  async newlyMissing(planId: string, examples: number): Promise<{ count: number; examples: string[] }> {
    return this.store.row(sql`
      with gone as (
        select aids.external_id from planned_absences planned join aids on aids.aid_id = planned.aid_id
        where planned.plan_id = ${planId}::uuid
          and not exists (select from absences where absences.aid_id = planned.aid_id and absences.ended_run is null)
      )
      select (select count(*)::int from gone) as count,
        coalesce((select jsonb_agg(external_id) from (select external_id from gone order by external_id limit ${examples}) first), '[]') as examples`);
  }

  /** Counts a connector's aids in its last applied feed: not withdrawn, rejected or absent. */
  async countPresent(connector: string): Promise<number> {
    return this.store.value<number>(sql`
      select count(*)::int as present from aids where connector = ${connector} and withdrawn_at is null and not ${isOff}
        and not exists (select from absences where absences.aid_id = aids.aid_id and absences.ended_run is null)`);
  }
}

/** Condition on `runs`: an applied run on a complete feed. */
const isCounted = sql`(runs.counts_absence and runs.applied_at is not null and runs.undone_at is null)`;

/** Condition on `aids`: another source of the aid (an aid merged into it) is in its feed. */
const hasOtherSource = sql`exists (
  select from aids other where other.merged_into = aids.aid_id and other.status = 'merged' and other.connector <> aids.connector
    and other.withdrawn_at is null
    and not exists (select from absences gone where gone.aid_id = other.aid_id and gone.ended_run is null))`;

/** Returns SQL for the number of applied complete feeds without an aid. */
function missedRuns(connector: SQL, sinceToken: SQL): SQL {
  return sql`coalesce((select count(*) from runs where runs.connector = ${connector} and ${isCounted} and runs.token >= ${sinceToken}), 0)`;
}

/** Returns the condition that an aid is absent for long enough, counting the run in progress, and that no other source brings it. */
function dueCondition(connector: string, grace: Grace, now: Date): SQL {
  const day = parisDay(now);
  return sql`
    not ${hasOtherSource}
    and coalesce(${day}::date - (absences.since_at at time zone 'Europe/Paris')::date, 0) >= ${grace.days}
    and 1 + ${missedRuns(sql`${connector}`, sql`absences.since_token`)} >= ${grace.runs}`;
}

/**
 * Records the missing aids of an applied plan as absent since its run, and ends the absence of aids in its feed. Records nothing if a newer
 * run was applied first, because the plan's feed is then out of date.
 */
export async function recordAbsences(transaction: Store, planId: string, runId: string, connector: string, at: SQL): Promise<void> {
  const [run] = await transaction.rows<{ token: number }>(sql`
    select token::float8 as token from runs where id = ${runId}::uuid and counts_absence and not exists (
      select from runs newer where newer.connector = ${connector} and newer.token > runs.token and newer.counts_absence
        and newer.applied_at is not null and newer.undone_at is null)`);
  if (run !== undefined) {
    await transaction.rows(sql`
      insert into absences (aid_id, connector, since_run, since_token, since_at)
      select aid_id, ${connector}, ${runId}::uuid, ${run.token}, ${at} from planned_absences where plan_id = ${planId}::uuid
      on conflict (aid_id) do update set since_run = excluded.since_run, since_token = excluded.since_token, since_at = excluded.since_at, ended_run = null
      where absences.ended_run is not null`);
    await transaction.rows(sql`
      update absences set ended_run = ${runId}::uuid where connector = ${connector} and ended_run is null
        and aid_id not in (select planned.aid_id from planned_absences planned where planned.plan_id = ${planId}::uuid)
        and exists (select from aids where aids.aid_id = absences.aid_id and aids.withdrawn_at is null)`);
  }
  await transaction.rows(sql`delete from planned_absences where plan_id = ${planId}::uuid`);
}
