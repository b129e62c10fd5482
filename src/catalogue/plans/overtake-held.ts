import { type SQL, sql } from "drizzle-orm";
import { byPublisher } from "../../model/publisher/letter-answer.ts";
import type { Store } from "../store.ts";

/**
 * Closes the plans of a connector's earlier runs that guards hold: the newer plan says what is to be decided now. A publisher whose feed is wrong for a
 * week leaves one plan to look at, not seven. What a person planned (a dry run that no guard holds, an edit) stays. A run that the publisher itself
 * asked for closes none: what waits for somebody of ours is not taken away by who has no account.
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
