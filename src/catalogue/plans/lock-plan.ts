import { type SQL, sql } from "drizzle-orm";
import { RunFailed } from "../../model/run/run-error.ts";
import { claimConnector, lockConnector } from "../connectors/connector-repository.ts";
import type { Store } from "../store.ts";
import type { PlanHead } from "./close-plan.ts";

/**
 * Locks the connectors of a plan, then the plan, for the rest of the transaction. `token`: fencing token of the run that applies its own plan.
 * Throws RunDisplaced, or RunFailed `plan-closed`.
 */
export async function lockPlan(transaction: Store, planId: string, token: number | null): Promise<PlanHead> {
  const head = (lock: SQL) =>
    transaction.rows<PlanHead>(sql`
      select id as "planId", origin, run_id as "runId", connector, state, complete from plans where id = ${planId}::uuid ${lock}`);
  const [seen] = await head(sql``);
  // Every writer locks connectors first, then plans, then aids, each in order, to avoid deadlocks.
  if (seen?.connector && token !== null) await claimConnector(transaction, seen.connector, token);
  else if (seen?.connector && seen.origin !== "move" && seen.origin !== "undo") await lockConnector(transaction, seen.connector);
  else if (seen !== undefined) await lockConnectorsOf(transaction, seen);
  const [plan] = await head(sql`for update`);
  // So that no part of the plan that an undo reverts is applied meanwhile.
  if (plan?.origin === "undo")
    await transaction.rows(sql`
    select from plans where id = (select (asked ->> 'plan')::uuid from plans where id = ${planId}::uuid) for update`);
  if (plan?.complete && (plan.state === "open" || plan.state === "part-applied")) return plan;
  throw new RunFailed("plan-closed", { plan: planId, state: plan?.complete ? plan.state : "none" });
}

/** Locks the connectors of a plan that covers several: its own, those of its aids, and those to which it moves aids. */
async function lockConnectorsOf(transaction: Store, { planId, connector }: PlanHead): Promise<void> {
  await transaction.rows(sql`
    select from connectors where id = ${connector} or id in (
      select concerned.connector from changes left join aids on aids.aid_id = changes.aid_id
        cross join lateral (values (aids.connector), (changes.state ->> 'connector')) concerned (connector)
      where changes.plan_id = ${planId}::uuid) order by id for update`);
}
