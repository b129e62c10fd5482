import { type SQL, sql } from "drizzle-orm";
import { parisDay } from "../../model/text/paris-day.ts";
import { storableJson } from "../storable-json.ts";
import type { Store } from "../store.ts";

/** How long an aid may be missing before it is withdrawn: so many applied complete runs, and so many days in Paris. */
export interface Grace {
  readonly runs: number;
  readonly days: number;
}

/** Aids that complete feeds did not bring. */
export class AbsenceRepository {
  constructor(private readonly store: Store) {}

  /** Notes aids that the feed of a plan did not bring: absent from the day on which the plan is applied. */
  async add(planId: string, aidIds: readonly string[]): Promise<void> {
    if (aidIds.length === 0) return;
    await this.store.rows(sql`
      insert into planned_absences (plan_id, aid_id)
      select ${planId}::uuid, value::uuid from jsonb_array_elements_text(${storableJson(aidIds)}::jsonb)`);
  }

  /** Takes aids out of those that a plan finds missing: they came under another id. */
  async remove(planId: string, aidIds: readonly string[]): Promise<void> {
    await this.store.rows(sql`
      delete from planned_absences where plan_id = ${planId}::uuid
        and aid_id in (select value::uuid from jsonb_array_elements_text(${storableJson(aidIds)}::jsonb))`);
  }

  /** Aids that a plan finds missing. */
  async count(planId: string): Promise<number> {
    const { count } = await this.store.row<{ count: number }>(
      sql`select count(*)::int as count from planned_absences where plan_id = ${planId}::uuid`,
    );
    return count;
  }

  /** Adds the withdrawals that are due to a plan that is being made, this run counted; gives their number. */
  async withdrawDue(planId: string, connector: string, grace: Grace, now: Date): Promise<number> {
    const { due } = await this.store.row<{ due: number }>(sql`
      with due as (
        insert into changes (plan_id, aid_id, external_id, kind, base_revision, fields)
        select ${planId}::uuid, aids.aid_id, aids.external_id, 'withdraw', aids.revision, '{}'
        from planned_absences planned join aids on aids.aid_id = planned.aid_id
          left join absences on absences.aid_id = planned.aid_id and absences.ended_run is null
        where planned.plan_id = ${planId}::uuid and ${isDue(connector, grace, now)}
        returning 1
      ) select count(*)::int as due from due`);
    return due;
  }

  /** True where an absence would be due for withdrawal if the last applied feed came once more. */
  async isAnyDue(connector: string, grace: Grace, now: Date): Promise<boolean> {
    const due = await this.store.rows(sql`
      select 1 from absences join aids on aids.aid_id = absences.aid_id
      where absences.connector = ${connector} and absences.ended_run is null and aids.withdrawn_at is null
        and aids.status not in ('deleted', 'merged') and ${isDue(connector, grace, now)} limit 1`);
    return due.length > 0;
  }

  /** Of the aids that a plan finds missing, those that were not absent before: number and the first few by external id. */
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

  /** Aids of a connector that its last applied feed brought: neither withdrawn, rejected, merged, nor absent. */
  async countPresent(connector: string): Promise<number> {
    const { present } = await this.store.row<{ present: number }>(sql`
      select count(*)::int as present from aids where connector = ${connector} and withdrawn_at is null and status not in ('deleted', 'merged')
        and not exists (select from absences where absences.aid_id = aids.aid_id and absences.ended_run is null)`);
    return present;
  }
}

/** True for an absence (or none: missing for the first time) that has lasted long enough when one more run is counted. */
function isDue(connector: string, grace: Grace, now: Date): SQL {
  const day = parisDay(now);
  return sql`
    coalesce(${day}::date - (absences.since_at at time zone 'Europe/Paris')::date, 0) >= ${grace.days}
    and 1 + coalesce((
      select count(*) from runs where runs.connector = ${connector} and runs.counts_absence and runs.applied_at is not null and runs.undone_at is null
        and runs.token >= absences.since_token), 0) >= ${grace.runs}`;
}

/**
 * Counts what the feed of an applied plan did not bring as absent from this run on, and ends the absence of what it did bring. A plan that is applied after a
 * newer run says nothing about what is in the feed today.
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
        and not exists (select from planned_absences planned where planned.plan_id = ${planId}::uuid and planned.aid_id = absences.aid_id)
        and exists (select from aids where aids.aid_id = absences.aid_id and aids.withdrawn_at is null)`);
  }
  await transaction.rows(sql`delete from planned_absences where plan_id = ${planId}::uuid`);
}
