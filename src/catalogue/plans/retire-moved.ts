import { type SQL, sql } from "drizzle-orm";
import { nextToken } from "../connectors/connector-repository.ts";
import { deletePlannedAids } from "../contents/delete-contents.ts";
import type { Store } from "../store.ts";

/** The request of a plan that moves aids. `retired`, `returned`: reasons of the pauses after the move and after its undo. */
export interface MoveRequest {
  readonly act: "move-connector";
  readonly from: string;
  readonly to: string;
  readonly retired: string;
  readonly returned: string;
}

/**
 * Ends the reading of the connector whose aids a plan has moved, even if only a part of the plan was applied. A run in progress cannot write
 * any more, open plans of both connectors are closed, because they were made for the aids before the move, and the next run of the new
 * connector reads its feed even if it has not changed.
 */
export async function retireMoved(
  transaction: Store,
  planId: string,
  { appliedBy, now }: { readonly appliedBy: string; readonly now: Date },
): Promise<void> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const { from, to, retired } = await requestOf(transaction, planId);
  await nextToken(transaction, from, now);
  for (const connector of [from, to]) await closeRunPlans(transaction, connector, appliedBy, at);
  await transaction.rows(sql`update connectors set must_read = true where id = ${to}`);
  // An aid that was missing from the former feed counts from now on as the new feed says.
  await transaction.rows(sql`
    delete from absences using changes where changes.plan_id = ${planId}::uuid and changes.aid_id = absences.aid_id and absences.connector = ${from}
      and exists (select from aids where aids.aid_id = absences.aid_id and aids.connector = ${to})`);
  await pause(transaction, from, retired, appliedBy, at);
}

/** Lets the former connector read its feed again after an undo, and pauses the new one, because it would bring its aids a second time. */
export async function returnMoved(transaction: Store, planId: string, by: string, at: SQL): Promise<void> {
  const { from, to, retired, returned } = await requestOf(transaction, planId);
  await transaction.rows(sql`delete from pauses where connector = ${from} and reason = ${retired}`);
  await transaction.rows(sql`update connectors set must_read = true where id in (${from}, ${to})`);
  await transaction.rows(sql`
    delete from absences where connector = ${to} and not exists (
      select from aids where aids.aid_id = absences.aid_id and aids.connector = ${to})`);
  await closeRunPlans(transaction, to, by, at);
  await pause(transaction, to, returned, by, at);
}

async function requestOf(transaction: Store, planId: string): Promise<MoveRequest> {
  return transaction.value<MoveRequest>(sql`select asked from plans where id = ${planId}::uuid`);
}

async function pause(transaction: Store, connector: string, reason: string, by: string, at: SQL): Promise<void> {
  await transaction.rows(sql`
    insert into pauses (connector, by, at, reason) values (${connector}, ${by}, ${at}, ${reason}) on conflict do nothing`);
}

async function closeRunPlans(transaction: Store, connector: string, by: string, at: SQL): Promise<void> {
  const closed = await transaction.values<string | null>(sql`
    with closed as (
      update plans set state = 'overtaken', closed_at = ${at}, closed_by = ${by}
      where connector = ${connector} and origin = 'run' and complete and state in ('open', 'part-applied') returning id, run_id
    ), absent as (delete from planned_absences using closed where planned_absences.plan_id = closed.id)
    select run_id as "runId" from closed`);
  for (const runId of closed) if (runId !== null) await deletePlannedAids(transaction, runId);
}
