import { randomUUID } from "node:crypto";
import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { Change, ChangeKind, PlanCounts, PlanOrigin, Remark } from "../model/plan/plan.ts";

/** Who does something to the catalogue, when and why. */
export interface Curator {
  readonly by: string;
  readonly now: Date;
  readonly note?: string;
}

/** What a person wants done. */
export interface PersonPlanInput {
  readonly origin: Exclude<PlanOrigin, "run">;
  /** Null where it reaches over several connectors. */
  readonly connector: string | null;
  /** The run that it undoes. */
  readonly runId?: string;
  /** What was asked for, to be shown: the command in its own words. `plan`: the plan that it undoes. */
  readonly asked: Readonly<Record<string, unknown>>;
}

/** A plan of a person's, open. */
export interface PersonPlan {
  readonly planId: string;
  /** Changes by kind. */
  readonly kinds: Partial<Record<ChangeKind, number>>;
  readonly changes: number;
  readonly remarks: number;
}

/**
 * Keeps what a person wants done as an open plan, page by page: it can be read, applied in whole or in part, discarded and, once applied, undone as one.
 * Everything that a person does to an aid goes this way.
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

/** What a person's plan does, in the words of a run's counts: whatever else is done to an aid is an update. */
function countsOf(kinds: PersonPlan["kinds"], changed: number): PlanCounts {
  const restored = kinds.restore ?? 0;
  const withdrawn = kinds.withdraw ?? 0;
  const removed = kinds.remove ?? 0;
  const updated = changed - restored - withdrawn - removed;
  const counts = { created: 0, updated, restored, unchanged: 0, ignored: 0, missing: 0, withdrawn, proposals: 0 };
  return removed === 0 ? counts : { ...counts, removed };
}
