import { type SQL, sql } from "drizzle-orm";
import { RunFailed } from "../../model/run/run-error.ts";
import type { Store } from "../store.ts";

/**
 * Marks the plan that was reversed as undone and discards what was left of it. An undone run no longer counts as applied: the next run is
 * compared with the one before, absences it began are removed, and the next feed is read even if it is known.
 * @throws RunFailed `world-moved` if more of the plan was applied since, which this undo does not reverse
 */
export async function markUndone(transaction: Store, planId: string, by: string, at: SQL): Promise<void> {
  const [undone] = await transaction.rows<{ planId: string; runId: string | null; hasGrown: boolean }>(sql`
    update plans set undone_by = ${planId}::uuid from plans undo
    where undo.id = ${planId}::uuid and plans.id = (undo.asked ->> 'plan')::uuid
    returning plans.id as "planId", undo.run_id as "runId",
      (select count(*) from aid_history where plan_id = plans.id) > (undo.asked ->> 'revisions')::int as "hasGrown"`);
  if (undone === undefined) return;
  if (undone.hasGrown) throw new RunFailed("world-moved", { plan: undone.planId });
  await discardRest(transaction, undone.planId, by, at);
  if (undone.runId !== null) await markRunUndone(transaction, undone.runId, by, at);
}

async function discardRest(transaction: Store, planId: string, by: string, at: SQL): Promise<void> {
  await transaction.rows(sql`
    update plans set state = 'discarded', closed_at = ${at}, closed_by = ${by} where id = ${planId}::uuid and state = 'part-applied'`);
  await transaction.rows(sql`
    delete from planned_aids using plans where plans.id = ${planId}::uuid and plans.origin = 'run' and planned_aids.run_id = plans.run_id`);
  await transaction.rows(sql`delete from planned_absences where plan_id = ${planId}::uuid`);
}

async function markRunUndone(transaction: Store, runId: string, by: string, at: SQL): Promise<void> {
  const { connector, token } = await transaction.row<{ connector: string; token: number }>(sql`
    update runs set undone_at = ${at}, undone_by = ${by} where id = ${runId}::uuid returning connector, token::float8 as token`);
  await transaction.rows(sql`
    update connectors set must_read = true, last_applied_run = (
      select id from runs where connector = ${connector} and applied_at is not null and undone_at is null order by token desc limit 1)
    where id = ${connector}`);
  await uncountAbsences(transaction, runId, connector, token);
}

/**
 * An absence that began with the undone run continued in the runs after it, and an aid that returned stayed: otherwise another run would be
 * recorded. So the next run that counts replaces it. Without one, the absence is removed, or has not ended.
 */
async function uncountAbsences(transaction: Store, runId: string, connector: string, token: number): Promise<void> {
  const next = sql`(
    select id, token, applied_at from runs where connector = ${connector} and token > ${token} and counts_absence and applied_at is not null
      and undone_at is null order by token limit 1)`;
  await transaction.rows(sql`update absences set ended_run = (select id from ${next} next) where ended_run = ${runId}::uuid`);
  await transaction.rows(sql`
    update absences set since_run = next.id, since_token = next.token, since_at = next.applied_at from ${next} next
    where since_run = ${runId}::uuid and ended_run is distinct from next.id`);
  await transaction.rows(sql`delete from absences where since_run = ${runId}::uuid`);
}
