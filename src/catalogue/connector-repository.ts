import { sql } from "drizzle-orm";
import { RunDisplaced } from "../aid/run-error.ts";
import type { Store } from "./store.ts";

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
        update plans set state = 'overtaken' from abandoned where plans.run_id = abandoned.id and plans.state = 'open'
          and exists (select from staged_aids where staged_aids.run_id = abandoned.id)`);
      await transaction.rows(sql`
        with left_over as (update runs set staging = false where connector = ${connector} and staging returning id)
        delete from staged_aids where run_id in (select id from left_over)`);
      return token;
    });
  }
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
