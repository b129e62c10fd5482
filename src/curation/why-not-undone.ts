import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { PlanRecord } from "../catalogue/plans/plan-reader.ts";
import type { UndoRefusal } from "../model/plan/undo-refusal.ts";

/** Returns why a plan cannot be undone, or null. A partly applied plan can; its remaining part is closed. */
export async function whyNotUndone(catalogue: Catalogue, plan: PlanRecord): Promise<UndoRefusal | null> {
  const { planId, runId, origin } = plan;
  const named = { plan: planId, ...(runId !== null && { run: runId }) };
  if (origin === "undo") return { code: "is-undo", params: { plan: planId, ...(await feedOf(catalogue, runId)) } };
  if (plan.undoneBy !== null) return { code: "undone", params: { ...named, by: plan.undoneBy } };
  if (plan.appliedAt === null) return { code: plan.state === "open" ? "still-open" : "never-applied", params: named };
  if ((await catalogue.history.countRevisions(planId)) === 0) return { code: "changed-nothing", params: named };
  const open = await catalogue.history.openUndo(planId);
  return open === null ? null : { code: "undo-open", params: { ...named, by: open } };
}

/** Returns the feed that an undone run had read. */
async function feedOf({ runs }: Catalogue, runId: string | null): Promise<{ connector?: string; snapshot?: string }> {
  const run = runId === null ? null : await runs.find(runId);
  return run?.snapshotHash ? { connector: run.connector, snapshot: run.snapshotHash } : {};
}
