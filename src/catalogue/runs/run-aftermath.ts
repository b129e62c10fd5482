import { sql } from "drizzle-orm";
import type { PlanState } from "../../model/plan/plan.ts";

/** What came of a run after it had ended: its plan was decided on, or the run was undone. */
export type RunAftermath = Exclude<PlanState, "open"> | "undone";

/** Of a row of `runs`; null where its outcome still says all. The run itself says that it was applied: its plan may be past keeping. */
export const runAftermath = sql`case
  when runs.undone_at is not null then 'undone'
  when runs.outcome in ('held', 'planned') then case when runs.applied_at is not null then 'applied' else (
    select nullif(plans.state, 'open') from plans where plans.run_id = runs.id and plans.origin = 'run' and plans.complete order by plans.created_at desc limit 1) end
end`;
