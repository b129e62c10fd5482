import { sql } from "drizzle-orm";
import { RunDisplaced } from "../../model/run/run-error.ts";
import type { Store } from "../store.ts";

/** Fencing tokens: one connector is worked on by one run at a time, the newest. */
export class ConnectorRepository {
  constructor(private readonly store: Store) {}

  /**
   * Takes a connector over: its next fencing token. Runs of it that still go on are `abandoned` from now on, and what they staged is gone;
   * whatever they try to write under their older token fails. Plans that they were about to apply are overtaken; those that wait for a person stay.
   */
  async takeToken(connector: string, now: Date): Promise<number> {
    return this.store.transaction(async (transaction) => {
      const { token } = await transaction.row<{ token: number }>(sql`
        insert into connectors as held (id, fence) values (${connector}, 1)
        on conflict (id) do update set fence = held.fence + 1 returning fence::float8 as token`);
      await transaction.rows(sql`
        with abandoned as (
          update runs set state = 'ended', outcome = 'abandoned', ended_at = ${now.toISOString()}::timestamptz
          where connector = ${connector} and state = 'running' returning id
        )
        update plans set state = 'overtaken', closed_at = ${now.toISOString()}::timestamptz, closed_by = 'run' from abandoned
        where plans.run_id = abandoned.id and plans.origin = 'run' and plans.state = 'open' and not plans.waits`);
      await transaction.rows(sql`
        with left_over as (update runs set staging = false where connector = ${connector} and staging returning id)
        delete from staged_aids where run_id in (select id from left_over)`);
      await transaction.rows(sql`
        delete from planned_absences using plans where plans.connector = ${connector} and plans.id = planned_absences.plan_id
          and (plans.state not in ('open', 'part-applied') or not plans.complete)`);
      return token;
    });
  }

  /** True where the next feed must be read though it has not changed: the catalogue is not what the last applied feed made it, or a plan is applied in part. */
  async mustRead(connector: string): Promise<boolean> {
    const found = await this.store.rows(sql`
      select 1 from connectors where id = ${connector} and (must_read or exists (
        select from plans where plans.connector = connectors.id and plans.state = 'part-applied'))`);
    return found.length > 0;
  }
}

/** Locks a connector for the rest of the transaction: who applies a plan of it does so alone. */
export async function lockConnector(transaction: Store, connector: string): Promise<void> {
  await transaction.rows(sql`select 1 from connectors where id = ${connector} for update`);
}

/**
 * Locks a connector for the rest of the transaction and compares its fencing token.
 * @throws RunDisplaced where another run has taken the connector over
 */
export async function claimConnector(transaction: Store, connector: string, token: number): Promise<void> {
  const [held] = await transaction.rows<{ fence: number }>(
    sql`select fence::float8 as fence from connectors where id = ${connector} for update`,
  );
  if (held?.fence !== token) throw displaced(connector);
}

/** The error of a worker that lost its connector. */
export function displaced(connector: string): RunDisplaced {
  return new RunDisplaced("token-taken-over", { connector });
}
