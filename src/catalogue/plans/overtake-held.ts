import { type SQL, sql } from "drizzle-orm";
import { byPublisher } from "../../model/publisher/letter-answer.ts";
import type { Store } from "../store.ts";

/**
 * Closes earlier plans of a connector that guards hold, because the newer plan replaces them: a feed that is wrong for a week leaves one
 * plan to decide, not seven. People's plans and dry runs that no guard holds stay. A run requested by the publisher closes none, since an
 * anonymous visitor must not remove a plan that waits for us.
 */
export async function overtakeHeld(transaction: Store, planId: string, at: SQL): Promise<void> {
  const overtaken = sql`
    update plans older set state = 'overtaken', closed_at = ${at}, closed_by = 'run' from plans newer
    where newer.id = ${planId}::uuid and newer.origin = 'run' and older.connector = newer.connector and older.id <> newer.id and older.origin = 'run'
      and older.state = 'open' and older.complete and older.guards <> '[]'
      and not exists (select from runs where runs.id = newer.run_id and runs.asked_by = ${byPublisher}) returning older.id, older.run_id`;
  await transaction.rows(sql`
    with overtaken as (${overtaken}), absent as (delete from planned_absences using overtaken where planned_absences.plan_id = overtaken.id)
    delete from planned_aids using overtaken where planned_aids.run_id = overtaken.run_id`);
}
