import { sql } from "drizzle-orm";
import type { RejectedRecord } from "../../model/plan/plan.ts";
import { storableJson } from "../../model/text/storable.ts";
import { displaced } from "../connectors/connector-repository.ts";
import type { Store } from "../store.ts";
import { contentColumns, type StagedRows, stagedColumns } from "./staged-rows.ts";
import { HeadReader, headsOf, type StoredHeads } from "./stored-heads.ts";

/** A run with its connector and fencing token, which every write checks. */
export interface RunClaim {
  readonly runId: string;
  readonly connector: string;
  readonly token: number;
}

/** Data of a run before it has a plan. */
export class StagingRepository {
  constructor(private readonly store: Store) {}

  /** Returns the block for the ids of a run's contents. */
  async contentBlock({ runId }: RunClaim): Promise<number> {
    const { block } = await this.store.row<{ block: number }>(
      sql`select content_block::float8 as block from runs where id = ${runId}::uuid`,
    );
    return block;
  }

  /** Reads the data about a connector's stored aids by which a run recognises unchanged records. */
  async readHeads(connector: string): Promise<StoredHeads> {
    const heads = new HeadReader();
    await this.store.transaction(async (transaction) => {
      for await (const chunk of transaction.copyOut(headsOf(connector))) heads.push(chunk);
    });
    return heads.end();
  }

  /**
   * Stages valid aids. Each external id can be staged once per run. Two calls may run at the same time.
   * @throws RunDisplaced
   */
  async stage(claim: RunClaim, { aids, contents }: StagedRows): Promise<void> {
    await this.store.transaction(async (transaction) => {
      await lockRun(transaction, claim);
      await transaction.copyIn(`contents (${contentColumns})`, [contents]);
      await transaction.copyIn(`staged_aids (${stagedColumns})`, [aids]);
    });
  }

  /**
   * Stores a batch of rejected records.
   * @throws RunDisplaced
   */
  async reject(claim: RunClaim, records: readonly RejectedRecord[]): Promise<void> {
    if (records.length === 0) return;
    await this.store.transaction(async (transaction) => {
      await lockRun(transaction, claim);
      await transaction.rows(sql`
        insert into rejected_records (run_id, locator, external_id, record, reasons)
        select ${claim.runId}::uuid, value ->> 'locator', value ->> 'externalId', value -> 'record', value -> 'reasons'
        from jsonb_array_elements(${storableJson(records)}::jsonb) with ordinality as batch (value, position) order by position`);
    });
  }
}

/** Locks the run, so that it cannot be displaced before the batch is in. The lock is shared: batches do not wait for each other. */
async function lockRun(transaction: Store, { runId, connector, token }: RunClaim): Promise<void> {
  const running = await transaction.rows(sql`
    select 1 from runs where id = ${runId}::uuid and token = ${token} and state = 'running' for share`);
  if (running.length === 0) throw displaced(connector);
}
