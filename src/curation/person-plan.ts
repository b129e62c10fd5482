import { randomUUID } from "node:crypto";
import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { Change, ChangeKind, PlanCounts, PlanOrigin, Remark } from "../model/plan/plan.ts";

/** Who changes the catalogue, when and why. */
export interface Curator {
  readonly by: string;
  readonly now: Date;
  readonly note?: string;
}

/** Changes requested by a person. */
export interface PersonPlanInput {
  readonly origin: Exclude<PlanOrigin, "run">;
  /** Null if it concerns several connectors. */
  readonly connector: string | null;
  /** The run to undo. */
  readonly runId?: string;
  /** The request, for display: the command in its own words. `plan`: the plan that it undoes. */
  readonly asked: Readonly<Record<string, unknown>>;
}

/** An open plan of a person. */
export interface PersonPlan {
  readonly planId: string;
  /** Changes by kind. */
  readonly kinds: Partial<Record<ChangeKind, number>>;
  readonly changes: number;
  readonly remarks: number;
}

/**
 * Stores a person's changes as an open plan, page by page. It can be read, applied whole or in part, discarded, and undone. Every act of a
 * person on an aid works this way.
 */
export async function makePersonPlan(
  catalogue: Catalogue,
  curator: Curator,
  input: PersonPlanInput,
  pages: AsyncIterable<{ readonly changes: readonly Change[]; readonly remarks?: readonly Remark[] }>,
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
  await catalogue.plans.finish(planId, { counts: countsOf(kinds, changed), guards: [], waits: true });
  return { planId, kinds, changes: changed, remarks: remarked };
}

/** Counts a person's plan like a run's: every other kind of change is an update. */
function countsOf(kinds: PersonPlan["kinds"], changed: number): PlanCounts {
  const restored = kinds.restore ?? 0;
  const withdrawn = kinds.withdraw ?? 0;
  const removed = kinds.remove ?? 0;
  const updated = changed - restored - withdrawn - removed;
  const counts = { created: 0, updated, restored, unchanged: 0, ignored: 0, missing: 0, withdrawn, proposals: 0 };
  return removed === 0 ? counts : { ...counts, removed };
}
