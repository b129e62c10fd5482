import { sql } from "drizzle-orm";
import type { PlanState } from "../../model/plan/plan.ts";

/** Event after the end of a run: its plan was applied, applied in part, discarded or replaced, or the run was undone. */
export type RunAftermath = Exclude<PlanState, "open"> | "undone";

/**
 * SQL on `runs` for the aftermath, or null if nothing happened. For applied runs it reads only the run, because their plan may have been
 * deleted.
 */
export const runAftermath = sql`case
  when runs.undone_at is not null then 'undone'
  when runs.outcome in ('held', 'planned') then case when runs.applied_at is not null then 'applied' else (
    select nullif(plans.state, 'open') from plans where plans.run_id = runs.id and plans.origin = 'run' and plans.complete order by plans.created_at desc limit 1) end
end`;
