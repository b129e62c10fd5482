import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { PlanRecord } from "../catalogue/plans/plan-reader.ts";
import type { UndoRefusal } from "../model/plan/objection.ts";
import type { Change } from "../model/plan/plan.ts";
import type { Remark } from "../model/plan/remark.ts";
import { type Curator, makePersonPlan, type PersonPlan } from "./person-plan.ts";
import { reverseChange } from "./reverse-change.ts";

/** The plan of an undo. `isDiscarded`: it has nothing to revert. */
export interface UndoPlan extends PersonPlan {
  readonly isDiscarded: boolean;
}

/**
 * Makes an open plan that reverts a run's or a person's plan. If every change was overwritten since, the new plan is empty and is discarded
 * at once, unless it also reverts an edition of territories. `replacesWaiting`: closes an undo of the same plan that waits; without it, the second undo is refused.
 */
export async function undoRun(
  catalogue: Catalogue,
  curator: Curator,
  undone: PlanRecord,
  { replacesWaiting = false } = {},
): Promise<UndoPlan | { readonly refused: UndoRefusal }> {
  const refused = await whyNotUndone(catalogue, undone);
  const waits = refused?.code === "undo-open" ? refused.params.by : undefined;
  if (replacesWaiting && waits !== undefined) await catalogue.plans.close(waits, "overtaken", { now: curator.now, by: curator.by });
  else if (refused !== null) return { refused };
  const { planId, connector, origin, runId } = undone;
  const run = origin === "run" ? runId : null;
  // The number of revisions so far. If a part of the plan is applied before the undo, the undo is incomplete and cannot be applied.
  const revisions = await catalogue.history.countRevisions(planId);
  const asked = { undo: run ?? planId, plan: planId, revisions };
  const input = { origin: "undo", connector, asked, ...(run !== null && { runId: run }) } as const;
  const plan = await makePersonPlan(catalogue, curator, input, reversals(catalogue, planId, curator));
  const { now, by } = curator;
  const isDiscarded = plan.changes === 0 && undone.origin !== "territories";
  if (isDiscarded) await catalogue.plans.close(plan.planId, "discarded", { now, by });
  return { ...plan, isDiscarded };
}

async function* reversals(
  { history }: Catalogue,
  planId: string,
  curator: Curator,
): AsyncGenerator<{ readonly changes: readonly Change[]; readonly remarks: readonly Remark[] }> {
  for await (const page of history.revertible(planId)) {
    const reversed = page.map((done) => reverseChange(done, curator));
    yield { changes: reversed.flatMap(({ change }) => change ?? []), remarks: reversed.flatMap(({ spared }) => spared ?? []) };
  }
}

/** Returns the reason why a plan cannot be undone, or null. A partly applied plan can be undone; its remaining part is then closed. */
async function whyNotUndone(catalogue: Catalogue, plan: PlanRecord): Promise<UndoRefusal | null> {
  const { planId, runId, origin } = plan;
  const named = { plan: planId, ...(runId !== null && { run: runId }) };
  if (origin === "undo") return { code: "is-undo", params: { plan: planId, ...(await feedOf(catalogue, runId)) } };
  if (plan.undoneBy !== null) return { code: "undone", params: { ...named, by: plan.undoneBy } };
  if (plan.appliedAt === null) return { code: plan.state === "open" ? "still-open" : "never-applied", params: named };
  if (origin !== "territories" && (await catalogue.history.countRevisions(planId)) === 0) return { code: "changed-nothing", params: named };
  const open = await catalogue.history.openUndo(planId);
  return open === null ? null : { code: "undo-open", params: { ...named, by: open } };
}

/** Returns the feed that an undone run had read. */
async function feedOf({ runs }: Catalogue, runId: string | null): Promise<{ connector?: string; snapshot?: string }> {
  const run = runId === null ? null : await runs.find(runId);
  return run?.snapshotHash ? { connector: run.connector, snapshot: run.snapshotHash } : {};
}
