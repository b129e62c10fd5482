import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { PlanRecord } from "../catalogue/plans/plan-reader.ts";
import type { Change, Remark } from "../model/plan/plan.ts";
import type { UndoRefusal } from "../model/plan/undo-refusal.ts";
import { type Curator, makePersonPlan, type PersonPlan } from "./person-plan.ts";
import { reverseChange } from "./reverse-change.ts";
import { whyNotUndone } from "./why-not-undone.ts";

/**
 * Makes the open plan that reverts a run's or a person's plan; applying it undoes. If everything was changed since, it is discarded at
 * once.
 */
export async function undoRun(
  catalogue: Catalogue,
  curator: Curator,
  undone: PlanRecord,
): Promise<PersonPlan | { readonly refused: UndoRefusal }> {
  const refused = await whyNotUndone(catalogue, undone);
  if (refused !== null) return { refused };
  const { planId, connector, origin, runId } = undone;
  const run = origin === "run" ? runId : null;
  // If more of the plan is applied before this one, this one is refused, because it would revert only a part.
  const revisions = await catalogue.history.countRevisions(planId);
  const asked = { undo: run ?? planId, plan: planId, revisions };
  const input = { origin: "undo", connector, asked, ...(run !== null && { runId: run }) } as const;
  const plan = await makePersonPlan(catalogue, curator, input, reversals(catalogue, planId, curator));
  const { now, by } = curator;
  if (plan.changes === 0) await catalogue.plans.close(plan.planId, "discarded", { now, by });
  return plan;
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
