import { randomUUID } from "node:crypto";
import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { PersonsPlan } from "../catalogue/plans/plan-repository.ts";
import type { Change, ChangeKind, PlanCounts } from "../model/plan/plan.ts";
import type { Remark } from "../model/plan/remark.ts";

/** The person who changes the catalogue, the time and the reason. */
export interface Curator {
  readonly by: string;
  readonly now: Date;
  readonly note?: string;
}

/** Changes requested by a person. */
export type PersonPlanInput = Omit<PersonsPlan, "planId" | "madeBy" | "now">;

/** An open plan of a person. */
export interface PersonPlan {
  readonly planId: string;
  readonly kinds: Partial<Record<ChangeKind, number>>;
  readonly changes: number;
  readonly remarks: number;
}

/**
 * Stores a person's changes as an open plan, page by page. Every act of a person on an aid is such a plan, so it can be reviewed, applied
 * in part, discarded and undone. `beforeShown`: stores what belongs to the plan, before anybody can apply it.
 */
export async function makePersonPlan(
  catalogue: Catalogue,
  curator: Curator,
  input: PersonPlanInput,
  pages: AsyncIterable<{ readonly changes: readonly Change[]; readonly remarks?: readonly Remark[] }>,
  beforeShown?: (planId: string) => Promise<void>,
): Promise<PersonPlan> {
  const planId = randomUUID();
  await catalogue.plans.open({ ...input, planId, madeBy: curator.by, now: curator.now });
  const kinds: Partial<Record<ChangeKind, number>> = {};
  let changed = 0;
  let remarked = 0;
  for await (const { changes, remarks = [] } of pages) {
    await catalogue.plans.addChanges(planId, changes);
    await catalogue.plans.addRemarks(planId, remarks);
    for (const { kind } of changes) kinds[kind] = (kinds[kind] ?? 0) + 1;
    changed += changes.length;
    remarked += remarks.length;
  }
  await beforeShown?.(planId);
  await catalogue.plans.finishPersons(planId, countsOf(kinds, changed));
  return { planId, kinds, changes: changed, remarks: remarked };
}

/** Returns the counts of a person's plan in the form of a run's. Changes of kinds without a count of their own are updates. */
function countsOf(kinds: PersonPlan["kinds"], changed: number): PlanCounts {
  const restored = kinds.restore ?? 0;
  const withdrawn = kinds.withdraw ?? 0;
  const removed = kinds.remove ?? 0;
  const updated = changed - restored - withdrawn - removed;
  const counts = { created: 0, updated, restored, unchanged: 0, ignored: 0, missing: 0, withdrawn, proposals: 0 };
  return removed === 0 ? counts : { ...counts, removed };
}
