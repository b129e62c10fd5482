import { type SQL, sql } from "drizzle-orm";
import { combineKind, type PlanOrigin, type PlanState } from "../../model/plan/plan.ts";
import { byPublisher } from "../../model/publisher/letter-answer.ts";
import { RunFailed } from "../../model/run/run-error.ts";
import type { RunReport } from "../../model/run/run-report.ts";
import { storableJson } from "../../model/text/storable.ts";
import { deletePlannedAids } from "../contents/delete-contents.ts";
import { recordAbsences } from "../runs/absence-repository.ts";
import type { Store } from "../store.ts";
import type { PlanPart } from "./plan-part.ts";
import { retireMoved, returnMoved } from "./retire-moved.ts";

/** Options for applying a plan. */
export interface PlanApplication {
  /** Fencing token of the run that applies its own plan. Null for a person; then only the aids' revisions are checked. */
  readonly token: number | null;
  readonly now: Date;
  readonly appliedBy: string;
  readonly note?: string;
  /**
   * Report of the run, which ends in the same transaction, so that an applied run always has a report. `runs.end` can complete it. Left out
   * for a person.
   */
  readonly report?: RunReport;
  /** The part to apply. Default: all remaining changes. */
  readonly part?: PlanPart;
  /** Leaves out aids that have changed since the plan was made, and applies the rest. By default, one such aid refuses the whole plan. */
  readonly skipMoved?: boolean;
}

/** A plan as read when it is locked. */
export interface PlanHead {
  readonly planId: string;
  readonly origin: PlanOrigin;
  readonly runId: string | null;
  readonly connector: string | null;
  readonly state: PlanState;
  readonly complete: boolean;
}

/** Closes an applied plan. `isLeft`: the plan stays open, because a part of it remains. */
export async function closePlan(
  transaction: Store,
  plan: PlanHead,
  selected: SQL,
  isLeft: boolean,
  application: PlanApplication,
): Promise<PlanState> {
  const at = sql`${application.now.toISOString()}::timestamptz`;
  const state = isLeft ? "part-applied" : "applied";
  await transaction.rows(sql`
    update plans set state = ${state}, applied_at = ${at}, applied_by = ${application.appliedBy}, note = coalesce(${application.note ?? null}, note)
    where id = ${plan.planId}::uuid`);
  if (plan.origin !== "run") await rereadRestored(transaction, selected);
  if (plan.origin === "move") await retireMoved(transaction, plan.planId, application);
  if (isLeft) return state;
  if (plan.origin === "run" && plan.runId !== null && plan.connector !== null) {
    await refreshRecords(transaction, plan.planId, plan.runId, plan.connector);
    await recordAbsences(transaction, plan.planId, plan.runId, plan.connector, at);
    await markApplied(transaction, plan.planId, plan.runId, plan.connector, application, at);
  }
  if (plan.origin === "undo") await markUndone(transaction, plan.planId, application.appliedBy, at);
  return state;
}

async function refreshRecords(transaction: Store, planId: string, runId: string, connector: string): Promise<void> {
  await transaction.rows(sql`
    with unplanned as materialized (
      select external_id, fingerprint, record_hash, memo from staged_aids staged
      where staged.run_id = ${runId}::uuid
        and not exists (select from changes where changes.plan_id = ${planId}::uuid and changes.external_id = staged.external_id)
    )
    update aid_sources source set record_hash = unplanned.record_hash, memo = unplanned.memo from unplanned
    where source.connector = ${connector} and source.external_id = unplanned.external_id
      and source.fingerprint = unplanned.fingerprint and source.record_hash is distinct from unplanned.record_hash`);
}

/** Marks the run as applied. The next run is compared with it, unless a newer run was applied first. */
async function markApplied(
  transaction: Store,
  planId: string,
  runId: string,
  connector: string,
  application: PlanApplication,
  at: SQL,
): Promise<void> {
  await transaction.rows(sql`update runs set applied_at = ${at}, applied_by = ${application.appliedBy} where id = ${runId}::uuid`);
  await transaction.rows(sql`
    update connectors set last_applied_run = run.id, must_read = must_read and ${application.report === undefined} from runs run
    where run.id = ${runId}::uuid and connectors.id = ${connector} and not exists (
      select from runs newer where newer.id = connectors.last_applied_run and newer.token > run.token)`);
  await deletePlannedAids(transaction, runId);
  if (application.report === undefined) return;
  await overtakeOlder(transaction, planId, at);
  await transaction.rows(sql`
    update runs set state = 'ended', outcome = ${application.report.outcome}, ended_at = ${at}, report = ${storableJson(application.report)}::jsonb
    where id = ${runId}::uuid`);
}

/**
 * Makes the next run read the feeds of restored and split aids, even if they have not changed: while an aid was rejected or merged, it did
 * not follow its feed.
 */
async function rereadRestored(transaction: Store, selected: SQL): Promise<void> {
  await transaction.rows(sql`
    update connectors set must_read = true where id in (
      select aids.connector from changes join aids on aids.aid_id = changes.aid_id
      where ${selected} and changes.kind in ('restore', 'split'))`);
}

/**
 * Closes earlier plans of the plan's connector that this plan replaces. A held or applied plan replaces held ones, so a feed that is wrong for
 * a week leaves one held plan, not seven. The plan of a file replaces that of the file from which it was made. Plans that people made stay
 * open, and so do other plans of dry runs that no guard holds. If the publisher requested the run, closes nothing: an anonymous visitor must
 * not remove a plan that waits for us.
 */
export async function overtakeOlder(transaction: Store, planId: string, at: SQL): Promise<void> {
  const overtaken = sql`
    update plans older set state = 'overtaken', closed_at = ${at}, closed_by = 'run' from plans newer
    where newer.id = ${planId}::uuid and newer.origin = 'run' and older.connector = newer.connector and older.id <> newer.id and older.origin = 'run'
      and older.state = 'open' and older.complete
      and (older.guards <> '[]' and (newer.guards <> '[]' or newer.state = 'applied') or exists (
        select from runs base, runs made where base.id = older.run_id and made.id = newer.run_id and base.snapshot_hash = made.options ->> 'madeFrom'))
      and not exists (select from runs where runs.id = newer.run_id and runs.asked_by = ${byPublisher}) returning older.id, older.run_id`;
  const closed = await transaction.values<string>(sql`
    with overtaken as (${overtaken}), absent as (delete from planned_absences using overtaken where planned_absences.plan_id = overtaken.id)
    select run_id as "runId" from overtaken`);
  for (const runId of closed) await deletePlannedAids(transaction, runId);
}

/**
 * Marks the plan that this undo reverts as undone, and discards its remaining part. An undone run no longer counts as applied: the next run
 * is compared with an earlier one, its absences are removed, and the next feed is read even if it has not changed. A standing decision that
 * made the plan ends, so that no later run does again what was undone; the answers that it replaced hold again.
 * @throws RunFailed `world-moved` if a part of the plan was applied after the undo was made
 */
async function markUndone(transaction: Store, planId: string, by: string, at: SQL): Promise<void> {
  const [undone] = await transaction.rows<{ planId: string; runId: string | null; origin: PlanOrigin; hasGrown: boolean }>(sql`
    update plans set undone_by = ${planId}::uuid from plans undo
    where undo.id = ${planId}::uuid and plans.id = (undo.asked ->> 'plan')::uuid
    returning plans.id as "planId", undo.run_id as "runId", plans.origin,
      (select count(*) from aid_history where plan_id = plans.id and kind <> ${combineKind}) > (undo.asked ->> 'revisions')::int as "hasGrown"`);
  if (undone === undefined) return;
  if (undone.hasGrown) throw new RunFailed("world-moved", { plan: undone.planId });
  await transaction.rows(sql`
    with ended as (
      update standing_decisions set ended_at = ${at}, ended_by = ${by} from plans
      where plans.id = ${undone.planId}::uuid and standing_decisions.id = (plans.asked ->> 'decision')::uuid and ended_at is null
      returning standing_decisions.kind, field, standing_decisions.at, standing_decisions.by
    ) update standing_decisions former set ended_at = null, ended_by = null from ended
    where ended.kind = 'fill' and former.kind = 'fill' and former.field = ended.field and former.ended_at = ended.at and former.ended_by = ended.by`);
  await discardRest(transaction, undone, by, at);
  if (undone.origin === "move") await returnMoved(transaction, undone.planId, by, at);
  if (undone.runId !== null) await markRunUndone(transaction, undone.runId, by, at);
}

async function discardRest(
  transaction: Store,
  { planId, runId }: { readonly planId: string; readonly runId: string | null },
  by: string,
  at: SQL,
): Promise<void> {
  await transaction.rows(sql`
    update plans set state = 'discarded', closed_at = ${at}, closed_by = ${by} where id = ${planId}::uuid and state = 'part-applied'`);
  if (runId !== null) await deletePlannedAids(transaction, runId);
  await transaction.rows(sql`delete from planned_absences where plan_id = ${planId}::uuid`);
}

async function markRunUndone(transaction: Store, runId: string, by: string, at: SQL): Promise<void> {
  const { connector, token } = await transaction.row<{ connector: string; token: number }>(sql`
    update runs set undone_at = ${at}, undone_by = ${by} where id = ${runId}::uuid returning connector, token::float8 as token`);
  await transaction.rows(sql`
    update connectors set must_read = true, last_applied_run = (
      select id from runs where connector = ${connector} and applied_at is not null and undone_at is null order by token desc limit 1)
    where id = ${connector}`);
  await uncountAbsences(transaction, runId, connector, token);
}

/**
 * Corrects the absences that began or ended with an undone run: they now begin or end with the next applied run on a complete feed. That
 * run also found these aids missing or present, otherwise it would have recorded the contrary. Without such a run, deletes the absences
 * that began with the undone run, and reopens those that ended with it.
 */
async function uncountAbsences(transaction: Store, runId: string, connector: string, token: number): Promise<void> {
  const next = sql`(
    select id, token, applied_at from runs where connector = ${connector} and token > ${token} and counts_absence and applied_at is not null
      and undone_at is null order by token limit 1)`;
  await transaction.rows(sql`update absences set ended_run = (select id from ${next} next) where ended_run = ${runId}::uuid`);
  await transaction.rows(sql`
    update absences set since_run = next.id, since_token = next.token, since_at = next.applied_at from ${next} next
    where since_run = ${runId}::uuid and ended_run is distinct from next.id`);
  await transaction.rows(sql`delete from absences where since_run = ${runId}::uuid`);
}
