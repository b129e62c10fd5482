import type { PlanOrigin, PlanState } from "../../model/plan/plan.ts";
import type { RunReport } from "../../model/run/run-report.ts";
import type { PlanPart } from "./plan-part.ts";

/** Under whose name a plan is applied, and how much of it. */
export interface PlanApplication {
  /** Fencing token of the run that applies its own plan; null where a person does: what guards then is the revision of each aid. */
  readonly token: number | null;
  readonly now: Date;
  readonly appliedBy: string;
  readonly note?: string;
  /** Ends the run in the same transaction, so that what was written never lacks its report; `runs.end` may complete it. Left out where a person applies. */
  readonly report?: RunReport;
  /** What of the plan is applied; all that is left of it where this is left out. */
  readonly part?: PlanPart;
  /** Applies the rest where aids have moved, in place of refusing the whole. */
  readonly skipMoved?: boolean;
}

/** A plan as it is when it is locked to be applied. */
export interface PlanHead {
  readonly planId: string;
  readonly origin: PlanOrigin;
  readonly runId: string | null;
  readonly connector: string | null;
  readonly state: PlanState;
  readonly complete: boolean;
}
