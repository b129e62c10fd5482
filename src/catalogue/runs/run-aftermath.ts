import { sql } from "drizzle-orm";
import type { PlanState } from "../../model/plan/plan.ts";

/** What happened to a run after it ended: its plan was decided on, or it was undone. */
export type RunAftermath = Exclude<PlanState, "open"> | "undone";

/**
 * SQL on `runs`. Null if the outcome still says all. Applied runs are recognised by the run itself, because their plan may have been
 * pruned.
 */
export const runAftermath = sql`case
  when runs.undone_at is not null then 'undone'
  when runs.outcome in ('held', 'planned') then case when runs.applied_at is not null then 'applied' else (
    select nullif(plans.state, 'open') from plans where plans.run_id = runs.id and plans.origin = 'run' and plans.complete order by plans.created_at desc limit 1) end
end`;
