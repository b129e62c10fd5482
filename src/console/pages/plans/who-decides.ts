import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import type { PlanRecord } from "../../../catalogue/plans/plan-reader.ts";
import { bySchedule } from "../../../jobs/ask-run.ts";
import { mayAs, type Role } from "../../../model/publisher/role.ts";

/**
 * True where somebody of this role may apply or discard a plan. Ops: any. Bizdev: what no guard holds and a person made, or asked a run to prepare only; not
 * what takes a run back.
 */
export async function mayDecide(catalogue: Catalogue, role: Role | null, plan: PlanRecord): Promise<boolean> {
  if (role === null || !mayAs(role, "bizdev")) return false;
  if (mayAs(role, "ops")) return true;
  if (plan.guards.length > 0) return false;
  if (plan.origin === "curator") return true;
  if (plan.origin === "undo") return plan.runId === null;
  return plan.origin === "run" && plan.runId !== null && (await isPersonsTrial(catalogue, plan.runId));
}

/** True where somebody of this role may ask for the plan that takes this one back: ops, and whoever may make such a plan at all. */
export function mayUndo(role: Role | null, { origin }: PlanRecord): boolean {
  return role !== null && mayAs(role, origin === "curator" ? "bizdev" : "ops");
}

async function isPersonsTrial(catalogue: Catalogue, runId: string): Promise<boolean> {
  const run = await catalogue.runs.find(runId);
  return run !== null && run.options.dryRun === true && run.askedBy !== null && run.askedBy !== bySchedule;
}
