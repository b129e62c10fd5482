import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { AppliedPlan } from "../catalogue/plans/apply-plan.ts";
import type { PlanPart } from "../catalogue/plans/plan-part.ts";
import type { KindCounts } from "../catalogue/plans/plan-reader.ts";
import type { Curator } from "./person-plan.ts";
import { type PlanTrial, trialOfPlan } from "./trial-of-plan.ts";

/** Aids of a plan that have changed since it was made: how many, and the first few by external id. */
export interface MovedAids {
  readonly count: number;
  readonly examples: readonly string[];
}

/** What applying a plan, or a part of it, came to. `left`: what waits on, by kind, and of it the aids that have moved. */
export interface AppliedPart {
  readonly applied: AppliedPlan;
  readonly left: KindCounts;
  readonly moved: MovedAids;
}

/** Why nothing of a plan was applied. */
type NotApplied =
  | { readonly refused: "nothing-like-that" }
  | { readonly refused: "all-moved"; readonly moved: MovedAids }
  | { readonly refused: "not-kept"; readonly trial: PlanTrial };

/** Aids named that have moved. */
const aidsNamed = 5;

/**
 * Applies exactly a plan, or a part of it, by a person. `nothing-like-that`: nothing that is left is in the part; `all-moved`: `skipMoved` left nothing;
 * `not-kept`: it comes from the trial of a change that does not count, and that the next run would take back.
 * @throws RunFailed `world-moved`, naming the aids, where any of them has moved and `skipMoved` is not asked for; `plan-closed`
 */
export async function applyPlanPart(
  catalogue: Catalogue,
  planId: string,
  { now, by, note }: Curator,
  { part, skipMoved }: { readonly part?: PlanPart | undefined; readonly skipMoved?: boolean | undefined },
): Promise<AppliedPart | NotApplied> {
  const plan = await catalogue.plans.find(planId);
  const trial = plan === null ? null : await trialOfPlan(catalogue, plan);
  if (trial?.isKept === false) return { refused: "not-kept", trial };
  if (part !== undefined && isNothing(await catalogue.plans.countLeft(planId, part))) return { refused: "nothing-like-that" };
  const applied = await catalogue.plans.apply(planId, {
    token: null,
    now,
    appliedBy: by,
    ...(note !== undefined && { note }),
    ...(part && { part }),
    ...(skipMoved === true && { skipMoved }),
  });
  const left = await catalogue.plans.countLeft(planId);
  const moved = isNothing(left) ? { count: 0, examples: [] } : await catalogue.plans.moved(planId, aidsNamed);
  const { state, ...done } = applied;
  const isUnwritten = Object.values(done).every((count) => count === 0) && state !== "applied";
  return isUnwritten ? { refused: "all-moved", moved } : { applied, left, moved };
}

function isNothing(kinds: KindCounts): boolean {
  return Object.keys(kinds).length === 0;
}
