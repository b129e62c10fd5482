import { type SQL, sql } from "drizzle-orm";
import { RunDisplaced } from "../../model/run/run-error.ts";
import { isOfRun, isUnused } from "../contents/delete-contents.ts";
import type { Store } from "../store.ts";

/** Fencing tokens of connectors. Only the run with the newest token of its connector may write. */
export class ConnectorRepository {
  constructor(private readonly store: Store) {}

  /**
   * Returns a new fencing token, higher than all earlier tokens of the connector. Runs that are still in progress become `abandoned`: their
   * staged aids are deleted, and writes under their older tokens fail. Their open plans get the state `overtaken`, except plans that wait
   * for a person.
   */
  async takeToken(connector: string, now: Date): Promise<number> {
    return this.store.transaction((transaction) => nextToken(transaction, connector, now));
  }
}

/** Does what `takeToken` does, in a transaction of the caller. */
export async function nextToken(transaction: Store, connector: string, now: Date): Promise<number> {
  const token = await transaction.value<number>(sql`
    insert into connectors as stored (id, fence) values (${connector}, 1)
    on conflict (id) do update set fence = stored.fence + 1 returning fence::float8 as token`);
  await endLeftOvers(transaction, connector, now);
  return token;
}

/**
 * Ends the runs of a connector that are still in progress as `abandoned`, and deletes the remains of these and earlier runs. Call it in the
 * transaction that takes the new fencing token.
 */
export async function endLeftOvers(transaction: Store, connector: string, now: Date): Promise<void> {
  await transaction.rows(sql`
    with abandoned as (
      update runs set state = 'ended', outcome = 'abandoned', ended_at = ${now.toISOString()}::timestamptz
      where connector = ${connector} and state = 'running' returning id
    )
    update plans set state = 'overtaken', closed_at = ${now.toISOString()}::timestamptz, closed_by = 'run' from abandoned
    where plans.run_id = abandoned.id and plans.origin = 'run' and plans.state = 'open' and not plans.waits`);
  await transaction.rows(sql`
    with left_over as (update runs set staging = false where connector = ${connector} and staging returning id, content_block),
      staged as (delete from staged_aids where run_id in (select id from left_over))
    delete from contents using left_over runs where ${isOfRun} and ${isUnused}`);
  await transaction.rows(sql`
    delete from planned_absences using plans where plans.connector = ${connector} and plans.id = planned_absences.plan_id and ${isOver}`);
}

/** SQL condition that `endLeftOvers` has something to do. It is exact if the connector's row is locked. */
export function leftOversOf(connector: string): SQL {
  return sql`(exists (select from runs where connector = ${connector} and state = 'running')
    or exists (select from runs where connector = ${connector} and staging)
    or exists (select from planned_absences join plans on plans.id = planned_absences.plan_id where plans.connector = ${connector} and ${isOver}))`;
}

/** SQL condition that nobody will apply a plan. */
const isOver = sql`(plans.state not in ('open', 'part-applied') or not plans.complete)`;

/** Locks a connector for the rest of the transaction, so that only one plan of it is applied at a time. */
export async function lockConnector(transaction: Store, connector: string): Promise<void> {
  await transaction.rows(sql`select 1 from connectors where id = ${connector} for update`);
}

/**
 * Locks a connector for the rest of the transaction and compares its fencing token.
 * @throws RunDisplaced if a later run of the connector has a higher token
 */
export async function claimConnector(transaction: Store, connector: string, token: number): Promise<void> {
  const [stored] = await transaction.rows<{ fence: number }>(
    sql`select fence::float8 as fence from connectors where id = ${connector} for update`,
  );
  if (stored?.fence !== token) throw displaced(connector);
}

/** Returns the error for a run whose token is no longer the connector's highest. */
export function displaced(connector: string): RunDisplaced {
  return new RunDisplaced("token-taken-over", { connector });
}
