import { type SQL, sql } from "drizzle-orm";
import type { PlanState } from "../aid/plan.ts";
import { RunFailed } from "../aid/run-error.ts";
import type { RunReport } from "../aid/run-report.ts";
import { claimConnector } from "./connector-repository.ts";
import { parisDay } from "./paris-day.ts";
import { storableJson } from "./storable-json.ts";
import type { Store } from "./store.ts";

/** Under whose name a plan is applied. */
export interface PlanApplication {
  readonly connector: string;
  /** Fencing token of whoever applies: the run, or a later one taken for a person. */
  readonly token: number;
  readonly now: Date;
  readonly appliedBy: string;
  /** Ends the run in the same transaction, so that what was written never lacks its report; `runs.end` may complete it. Left out where a person applies. */
  readonly report?: RunReport;
}

/** What applying a plan did to the catalogue. */
export interface AppliedPlan {
  readonly created: number;
  /** Updated, restored, given another external id. */
  readonly updated: number;
  readonly withdrawn: number;
}

interface PlanHead {
  readonly runId: string;
  readonly state: PlanState;
  readonly complete: boolean;
}

/** Aids named in an error. */
const aidsNamed = 20;

/** From so many new aids on the planner is told: it comes to know by itself a minute later, and until then it sorts the table for every page. */
const manyAids = 500;

/** The aids of a plan, wherever they lie: of a run in progress, or of a plan that waited. */
const preparedAids = sql`(select * from staged_aids union all select * from planned_aids)`;

/**
 * Applies one plan in one transaction: all of it, under the fencing token, each change on the revision it was made from. Aids that the run
 * brought with another record but the same content get the record's hash and memo, without a revision.
 * @throws RunDisplaced where the token is not the connector's; RunFailed `world-moved`, naming the aids, or `storage-failed`: nothing is written
 */
export async function applyPlan(store: Store, planId: string, application: PlanApplication): Promise<AppliedPlan> {
  const { runId, applied } = await store.transaction(async (transaction) => {
    await claimConnector(transaction, application.connector, application.token);
    const { runId } = await lockPlan(transaction, planId, application.connector);
    await refuseMovedAids(transaction, planId, application.connector);
    const at = sql`${application.now.toISOString()}::timestamptz`;
    const applied = {
      created: await createAids(transaction, planId, runId, application.connector, at),
      updated: await updateAids(transaction, planId, runId, at),
      withdrawn: await withdrawAids(transaction, planId, parisDay(application.now), at),
    };
    await refuseHalfPlan(transaction, planId, applied);
    await refreshRecords(transaction, planId, runId, application.connector);
    await writeHistory(transaction, planId, runId, at);
    await closePlan(transaction, planId, runId, application);
    return { runId, applied };
  });
  // Outside, so that nobody waits for it; what a crash leaves here goes when the connector's next token is taken.
  await store.rows(sql`delete from staged_aids where run_id = ${runId}::uuid`);
  if (applied.created >= manyAids) await store.rows(sql`analyze aids (connector, external_id, record_hash)`);
  return applied;
}

async function lockPlan(transaction: Store, planId: string, connector: string): Promise<PlanHead> {
  const [plan] = await transaction.rows<PlanHead>(sql`
    select run_id as "runId", state, complete from plans where id = ${planId}::uuid and connector = ${connector} for update`);
  if (plan?.complete && plan.state === "open") return plan;
  throw new RunFailed("world-moved", { plan: planId, state: plan?.complete ? plan.state : "none" });
}

/** Locks every aid that the plan changes and compares revisions; an aid to create must not be there yet. */
async function refuseMovedAids(transaction: Store, planId: string, connector: string): Promise<void> {
  await transaction.rows(sql`
    with locked as (
      select aids.aid_id from changes join aids on aids.aid_id = changes.aid_id
      where changes.plan_id = ${planId}::uuid and changes.kind <> 'create' order by aids.aid_id for update of aids
    ) select count(*) from locked`);
  const moved = await transaction.rows<{ externalId: string }>(sql`
    select changes.external_id as "externalId" from changes left join aids on aids.aid_id = changes.aid_id
    where changes.plan_id = ${planId}::uuid and changes.kind <> 'create' and aids.revision is distinct from changes.base_revision
    union
    select changes.external_id from changes join aids on aids.aid_id = changes.aid_id where changes.plan_id = ${planId}::uuid and changes.kind = 'create'
    union
    select changes.external_id from changes join aids on aids.connector = ${connector} and aids.external_id = changes.external_id
    where changes.plan_id = ${planId}::uuid and changes.kind in ('create', 're-identify') and aids.aid_id <> changes.aid_id
    order by 1`);
  if (moved.length === 0) return;
  const named = moved.slice(0, aidsNamed).map(({ externalId }) => externalId);
  throw new RunFailed("world-moved", { plan: planId, count: moved.length, aids: named.join(", ") });
}

async function createAids(transaction: Store, planId: string, runId: string, connector: string, at: SQL): Promise<number> {
  return counted(
    transaction,
    sql`
    insert into aids (aid_id, connector, external_id, revision, status, fingerprint, record_hash, imported, memo, created_at, updated_at)
    select changes.aid_id, ${connector}, changes.external_id, 1, 'reviewable', prepared.fingerprint, prepared.record_hash, prepared.content,
      prepared.memo, ${at}, ${at}
    from ${preparedAids} prepared join changes on changes.external_id = prepared.external_id
    where prepared.run_id = ${runId}::uuid and changes.plan_id = ${planId}::uuid and changes.kind = 'create'`,
  );
}

async function updateAids(transaction: Store, planId: string, runId: string, at: SQL): Promise<number> {
  return counted(
    transaction,
    sql`
    update aids set
      imported = aids.imported || coalesce((
        select jsonb_object_agg(field.key, field.value -> 'incoming') from jsonb_each(changes.fields) field
        where field.value ->> 'action' in ('apply', 'fill')), '{}'),
      external_id = changes.external_id, fingerprint = prepared.fingerprint, record_hash = prepared.record_hash, memo = prepared.memo,
      withdrawn_at = null, revision = aids.revision + 1, updated_at = ${at}
    from changes join ${preparedAids} prepared on prepared.run_id = ${runId}::uuid and prepared.external_id = changes.external_id
    where changes.plan_id = ${planId}::uuid and changes.kind in ('update', 'restore', 're-identify')
      and aids.aid_id = changes.aid_id and aids.revision = changes.base_revision`,
  );
}

async function withdrawAids(transaction: Store, planId: string, day: string, at: SQL): Promise<number> {
  return counted(
    transaction,
    sql`
    update aids set withdrawn_at = ${day}::date, revision = aids.revision + 1, updated_at = ${at} from changes
    where changes.plan_id = ${planId}::uuid and changes.kind = 'withdraw' and aids.aid_id = changes.aid_id and aids.revision = changes.base_revision`,
  );
}

/** Staged aids are not logged: a database that crashed since has lost them, and with them a part of the plan. */
async function refuseHalfPlan(transaction: Store, planId: string, applied: AppliedPlan): Promise<void> {
  const { planned } = await transaction.row<{ planned: number }>(
    sql`select count(*)::int as planned from changes where plan_id = ${planId}::uuid`,
  );
  const found = applied.created + applied.updated + applied.withdrawn;
  if (found !== planned) throw new RunFailed("storage-failed", { reason: "staged-aids-lost", expected: planned, found });
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

async function writeHistory(transaction: Store, planId: string, runId: string, at: SQL): Promise<void> {
  await transaction.rows(sql`
    insert into aid_history (aid_id, revision, at, run_id, plan_id, kind, fields)
    select aid_id, base_revision + 1, ${at}, ${runId}::uuid, plan_id, kind, fields from changes where plan_id = ${planId}::uuid`);
}

async function closePlan(transaction: Store, planId: string, runId: string, application: PlanApplication): Promise<void> {
  const at = sql`${application.now.toISOString()}::timestamptz`;
  await transaction.rows(sql`
    update plans set state = 'applied', applied_at = ${at}, applied_by = ${application.appliedBy} where id = ${planId}::uuid`);
  await transaction.rows(sql`update connectors set last_applied_run = ${runId}::uuid where id = ${application.connector}`);
  await transaction.rows(sql`delete from planned_aids where run_id = ${runId}::uuid`);
  if (application.report === undefined) return;
  await transaction.rows(sql`
    update runs set state = 'ended', outcome = ${application.report.outcome}, ended_at = ${at}, report = ${storableJson(application.report)}::jsonb
    where id = ${runId}::uuid`);
}

/** Number of rows that a statement wrote. */
async function counted(transaction: Store, statement: SQL): Promise<number> {
  const { written } = await transaction.row<{ written: number }>(
    sql`with written as (${statement} returning 1) select count(*)::int as written from written`,
  );
  return written;
}
