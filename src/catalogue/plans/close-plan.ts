import { type SQL, sql } from "drizzle-orm";
import type { PlanOrigin, PlanState } from "../../model/plan/plan.ts";
import type { RunReport } from "../../model/run/run-report.ts";
import { recordAbsences } from "../runs/absence-repository.ts";
import { type Store, storableJson } from "../store.ts";
import { overtakeHeld } from "./overtake-held.ts";
import type { PlanPart } from "./plan-part.ts";
import { markUndone } from "./undone.ts";

/** How to apply a plan: in whose name, and which part. */
export interface PlanApplication {
  /** Fencing token of the run that applies its own plan. Null for a person, where the revision of each aid is the guard. */
  readonly token: number | null;
  readonly now: Date;
  readonly appliedBy: string;
  readonly note?: string;
  /**
   * Ends the run in the same transaction, so that an applied run always has a report. `runs.end` can complete it. Left out for a person.
   */
  readonly report?: RunReport;
  /** The part to apply. Default: everything left. */
  readonly part?: PlanPart;
  /** Skips aids that moved and applies the rest, instead of refusing the whole. */
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

/** Closes an applied plan, or leaves the rest of a partly applied one open. */
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
  await transaction.rows(sql`delete from planned_aids where run_id = ${runId}::uuid`);
  if (application.report === undefined) return;
  await overtakeHeld(transaction, planId, at);
  await transaction.rows(sql`
    update runs set state = 'ended', outcome = ${application.report.outcome}, ended_at = ${at}, report = ${storableJson(application.report)}::jsonb
    where id = ${runId}::uuid`);
}

/** A rejected or merged aid did not follow its feed, so the next run must read the feed even if it has not changed. */
async function rereadRestored(transaction: Store, selected: SQL): Promise<void> {
  await transaction.rows(sql`
    update connectors set must_read = true where id in (
      select aids.connector from changes join aids on aids.aid_id = changes.aid_id
      where ${selected} and changes.kind in ('restore', 'split'))`);
}
