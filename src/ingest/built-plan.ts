import type { PlanCounts, RemarkCode } from "../model/plan/plan.ts";
import type { PairTally } from "./plan/pair-tally.ts";

/** A plan that is made and not yet looked at by the guards. */
export interface BuiltPlan {
  readonly planId: string;
  readonly counts: PlanCounts;
  readonly remarks: Partial<Record<RemarkCode | "re-identified", number>>;
  /** What was seen of the pairs that differ. */
  readonly pairs: PairTally;
  /** Aids under new ids. */
  readonly renamed: number;
}
