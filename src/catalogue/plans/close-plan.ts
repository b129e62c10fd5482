import { type SQL, sql } from "drizzle-orm";
import type { PlanState } from "../../model/plan/plan.ts";
import { recordAbsences } from "../runs/absence-repository.ts";
import { storableJson } from "../storable-json.ts";
import type { Store } from "../store.ts";
import { overtakeHeld } from "./overtake-held.ts";
import type { PlanApplication, PlanHead } from "./plan-application.ts";
import { markUndone } from "./undone.ts";

/** What is left of the plan waits on, made from the revisions that this part has given; a plan of which nothing is left is applied. */
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
    update aids set record_hash = unplanned.record_hash, memo = unplanned.memo from unplanned
    where aids.connector = ${connector} and aids.external_id = unplanned.external_id
      and aids.fingerprint = unplanned.fingerprint and aids.record_hash is distinct from unplanned.record_hash`);
}

/** The run counts as applied, and is what the next one is compared with, unless a newer one was applied before it. */
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
  await transaction.rows(sql`delete from planned_aids where run_id = ${runId}::uuid`);
  if (application.report === undefined) return;
  await overtakeHeld(transaction, planId, at);
  await transaction.rows(sql`
    update runs set state = 'ended', outcome = ${application.report.outcome}, ended_at = ${at}, report = ${storableJson(application.report)}::jsonb
    where id = ${runId}::uuid`);
}

/** An aid that was rejected or merged did not follow its feed meanwhile: the next run reads it though the feed has not changed. */
async function rereadRestored(transaction: Store, selected: SQL): Promise<void> {
  await transaction.rows(sql`
    update connectors set must_read = true where id in (
      select aids.connector from changes join aids on aids.aid_id = changes.aid_id
      where ${selected} and changes.kind in ('restore', 'split'))`);
}
