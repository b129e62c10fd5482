import { sql } from "drizzle-orm";
import type { RejectedRecord, Rejection } from "../../model/plan/plan.ts";
import { storableJson } from "../../model/text/storable.ts";
import { displaced } from "../connectors/connector-repository.ts";
import type { Store } from "../store.ts";
import { contentColumns, type StagedRows, stagedColumns } from "./staged-rows.ts";
import { aidHeadsOf, HeadReader, rejectedHeadsOf, type StoredHeads } from "./stored-heads.ts";

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
    return this.store.value<number>(sql`select content_block::float8 as block from runs where id = ${runId}::uuid`);
  }

  /** Reads the data by which a run recognises the unchanged records of a connector. */
  async readHeads(connector: string): Promise<StoredHeads> {
    const heads = new HeadReader();
    await this.store.transaction(async (transaction) => {
      for await (const chunk of transaction.copyOut(aidHeadsOf(connector))) heads.push(chunk);
      heads.endAids();
      for await (const chunk of transaction.copyOut(rejectedHeadsOf(connector))) heads.push(chunk);
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
   * Stores a batch of rejected records. Runs share those with equal hashes.
   * @throws RunDisplaced
   */
  async reject(claim: RunClaim, rejections: readonly Rejection[]): Promise<void> {
    if (rejections.length === 0) return;
    const contents = rejections.flatMap(({ hash, record }) => (record === null ? [] : [contentOf(hash, record)]));
    const uses = rejections.map(({ hash, locator }) => ({ hash, locator }));
    await this.store.transaction(async (transaction) => {
      await lockRun(transaction, claim);
      if (contents.length > 0)
        await transaction.rows(sql`
          insert into rejected_contents (id, connector, external_id, record, reasons)
          select (value ->> 'hash')::uuid, ${claim.connector}, value ->> 'externalId', value -> 'record', value -> 'reasons'
          from jsonb_array_elements(${storableJson(contents)}::jsonb) on conflict (id) do nothing`);
      await transaction.rows(sql`
        insert into rejections (run_id, locator, content)
        select ${claim.runId}::uuid, value ->> 'locator', (value ->> 'hash')::uuid
        from jsonb_array_elements(${storableJson(uses)}::jsonb) with ordinality as batch (value, position) order by position`);
    });
  }
}

/** Returns a rejected record without its place in a feed. */
function contentOf(hash: string, { externalId, record, reasons }: RejectedRecord) {
  return { hash, externalId, record, reasons: reasons.map(({ locator: _, ...reason }) => reason) };
}

/** Locks the run, so that it cannot be displaced before the batch is in. The lock is shared: batches do not wait for each other. */
async function lockRun(transaction: Store, { runId, connector, token }: RunClaim): Promise<void> {
  const running = await transaction.rows(sql`
    select 1 from runs where id = ${runId}::uuid and token = ${token} and state = 'running' for share`);
  if (running.length === 0) throw displaced(connector);
}
