import { sql } from "drizzle-orm";
import type { NewAid, RejectedRecord, StoredHead } from "../../model/plan/plan.ts";
import { aidIdOf } from "../aids/aid-id.ts";
import { displaced } from "../connectors/connector-repository.ts";
import { type Store, storable, storableJson, storableText } from "../store.ts";

/** A run with its connector and fencing token, which every write checks. */
export interface RunClaim {
  readonly runId: string;
  readonly connector: string;
  readonly token: number;
}

/** Data of a run before it has a plan. Each batch is one statement with one parameter. */
export class StagingRepository {
  constructor(private readonly store: Store) {}

  /**
   * Returns aids by record hash. Leaves out withdrawn, rejected and merged aids, because their records must be mapped and planned again.
   */
  async findByRecordHash(connector: string, hashes: readonly string[]): Promise<Map<string, StoredHead>> {
    const heads = await this.store.rows<StoredHead>(sql`
      select aids.external_id as "externalId", aids.record_hash as "recordHash", aids.memo
      from jsonb_array_elements_text(${storableJson(hashes)}::jsonb) as wanted (hash)
      join aids on aids.connector = ${connector} and aids.record_hash = wanted.hash
      where aids.withdrawn_at is null and aids.status not in ('deleted', 'merged')`);
    return new Map(heads.map((head) => [head.recordHash, head]));
  }

  /**
   * Stages a batch of valid aids. An external id may occur only once per run. Two batches may be staged at the same time.
   * @throws RunDisplaced
   */
  async stage(claim: RunClaim, aids: readonly NewAid[]): Promise<void> {
    if (aids.length === 0) return;
    const rows = storable(`[${aids.map((aid) => rowJson(claim, aid)).join(",")}]`);
    await this.write(
      claim,
      (claimed) => sql`
      insert into staged_aids (run_id, external_id, aid_id, locator, record_hash, fingerprint, content, memo)
      select ${claim.runId}::uuid, "externalId", "aidId", locator, "recordHash", fingerprint, content, memo from ${claimed},
      jsonb_to_recordset(${rows}::jsonb) as batch
        ("externalId" text, "aidId" uuid, locator text, "recordHash" text, fingerprint text, content jsonb, memo jsonb)`,
    );
  }

  /**
   * Stores a batch of rejected records.
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

  /**
   * Writes in a statement that also locks the run, so that it cannot be displaced before the batch is written. The lock is shared, so that
   * batches do not wait for each other.
   */
  private async write(claim: RunClaim, insert: (claimed: ReturnType<typeof sql>) => ReturnType<typeof sql>): Promise<void> {
    const { claimed } = await this.store.row<{ claimed: number }>(sql`
      with claimed as (
        select id from runs where id = ${claim.runId}::uuid and token = ${claim.token} and state = 'running' for share
      ), inserted as (${insert(sql`claimed`)})
      select count(*)::int as claimed from claimed`);
    if (claimed === 0) throw displaced(claim.connector);
  }
}

/** Returns one row for `jsonb_to_recordset`. The content is already JSON and is not parsed again. */
function rowJson({ connector }: RunClaim, { externalId, locator, recordHash, fingerprint, contentJson, memo }: NewAid): string {
  const aidId = aidIdOf(connector, storableText(externalId));
  return `${JSON.stringify({ externalId, aidId, locator, recordHash, fingerprint, memo }).slice(0, -1)},"content":${contentJson}}`;
}
