import { sql } from "drizzle-orm";
import type { HeldHead, RejectedRecord, StagedAid } from "../aid/plan.ts";
import { aidIdOf } from "./aid-id.ts";
import { displaced } from "./connector-repository.ts";
import { storableJson, storableText } from "./storable-json.ts";
import type { Store } from "./store.ts";
import { filledFields } from "./stored-content.ts";

/** Who writes: a run, its connector, its fencing token. */
export interface RunClaim {
  readonly runId: string;
  readonly connector: string;
  readonly token: number;
}

/** What a run leaves in the database before there is a plan: a batch is one statement, with one parameter. */
export class StagingRepository {
  constructor(private readonly store: Store) {}

  /**
   * What we know of these records, by external id. Aids that are withdrawn, rejected or merged are left out: they must be mapped
   * and planned again.
   */
  async recall(connector: string, externalIds: readonly string[]): Promise<Map<string, HeldHead>> {
    const heads = await this.store.rows<HeldHead>(sql`
      select aids.external_id as "externalId", aids.record_hash as "recordHash", aids.memo
      from jsonb_array_elements_text(${storableJson(externalIds)}::jsonb) as asked (id)
      join aids on aids.connector = ${connector} and aids.external_id = asked.id
      where aids.withdrawn_at is null and aids.status not in ('deleted', 'merged')`);
    return new Map(heads.map((head) => [head.externalId, head]));
  }

  /**
   * Stages a batch of valid aids; an external id is staged once in a run. Two batches may be in flight.
   * @throws RunDisplaced
   */
  async stage(claim: RunClaim, aids: readonly StagedAid[]): Promise<void> {
    if (aids.length === 0) return;
    const rows = aids.map((aid) => ({
      ...aid,
      aidId: aidIdOf(claim.connector, storableText(aid.externalId)),
      content: filledFields(aid.content),
    }));
    await this.write(
      claim,
      (claimed) => sql`
      insert into staged_aids (run_id, external_id, aid_id, locator, record_hash, fingerprint, content, memo)
      select ${claim.runId}::uuid, "externalId", "aidId", locator, "recordHash", fingerprint, content, memo from ${claimed},
      jsonb_to_recordset(${storableJson(rows)}::jsonb) as batch
        ("externalId" text, "aidId" uuid, locator text, "recordHash" text, fingerprint text, content jsonb, memo jsonb)`,
    );
  }

  /**
   * Keeps a batch of rejected records.
   * @throws RunDisplaced
   */
  async reject(claim: RunClaim, records: readonly RejectedRecord[]): Promise<void> {
    if (records.length === 0) return;
    await this.write(
      claim,
      (claimed) => sql`
      insert into rejected_records (run_id, locator, external_id, record, reasons)
      select ${claim.runId}::uuid, value ->> 'locator', value ->> 'externalId', value -> 'record', value -> 'reasons'
      from ${claimed}, jsonb_array_elements(${storableJson(records)}::jsonb) with ordinality as batch (value, position) order by position`,
    );
  }

  /** One statement: the run must still go on, and cannot be displaced before the batch is in. The lock is shared: batches do not wait for each other. */
  private async write(claim: RunClaim, insert: (claimed: ReturnType<typeof sql>) => ReturnType<typeof sql>): Promise<void> {
    const { claimed } = await this.store.row<{ claimed: number }>(sql`
      with claimed as (
        select id from runs where id = ${claim.runId}::uuid and token = ${claim.token} and state = 'running' for share
      ), inserted as (${insert(sql`claimed`)})
      select count(*)::int as claimed from claimed`);
    if (claimed === 0) throw displaced(claim.connector);
  }
}
