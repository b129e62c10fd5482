import { type SQL, sql } from "drizzle-orm";
import type { Issue } from "../../model/issue.ts";
import type { RejectedRecord } from "../../model/plan/plan.ts";
import { storableJson } from "../storable-json.ts";
import type { Store } from "../store.ts";

/** Which rejected records. `code`: of one of their reasons; `words`: in their place or identifier. */
export interface RejectedFilter {
  readonly code?: string;
  readonly words?: string;
}

/** A rejected record as a list shows it. `written`: its JSON or its text, no longer than a cell of a workbook. */
export interface ListedRejection {
  readonly locator: string;
  readonly externalId: string | null;
  readonly written: string;
  readonly reasons: readonly Issue[];
}

const mostWritten = 30_000;
/** Records that are counted by looking at each. */
const mostCounted = 10_000;

/** Records that runs rejected, whole, with their reasons. */
export class RejectedRepository {
  constructor(private readonly store: Store) {}

  /** The run whose rejected records a run reports: its own, or those of the run before it that read the feed which it found unchanged. */
  async sourceRun(runId: string): Promise<string> {
    const [read] = await this.store.rows<{ runId: string }>(sql`
      select earlier.id as "runId" from runs join runs earlier on earlier.connector = runs.connector and earlier.token < runs.token
        and earlier.snapshot_hash = runs.snapshot_hash and earlier.mapping_fingerprint = runs.mapping_fingerprint and earlier.applied_at is not null
      where runs.id = ${runId}::uuid and runs.outcome = 'unchanged' and runs.report ->> 'planId' is null
        and not (earlier.outcome = 'unchanged' and earlier.report ->> 'planId' is null)
      order by earlier.token desc limit 1`);
    return read?.runId ?? runId;
  }

  /** In the feed's order. */
  async list(
    runId: string,
    filter: RejectedFilter,
    { limit, offset }: { readonly limit: number; readonly offset: number },
  ): Promise<ListedRejection[]> {
    return this.store.rows<ListedRejection>(sql`
      select locator, external_id as "externalId", reasons,
        left(case jsonb_typeof(record) when 'string' then record #>> '{}' else record::text end, ${mostWritten}) as written
      from rejected_records where run_id = ${runId}::uuid and ${matches(filter)} order by id limit ${limit} offset ${offset}`);
  }

  /** How many there are; of those that a filter selects, 10,000 at most. */
  async count(runId: string, filter: RejectedFilter): Promise<number> {
    const counted = filter.code === undefined && filter.words === undefined ? sql`` : sql`limit ${mostCounted}`;
    const found = await this.store.row<{ count: number }>(sql`
      select count(*)::int as count from (
        select 1 from rejected_records where run_id = ${runId}::uuid and ${matches(filter)} ${counted}) found`);
    return found.count;
  }

  /** The record in this place of the feed; null where it was not rejected, or is not kept any more. */
  async find(runId: string, locator: string): Promise<RejectedRecord | null> {
    const [found] = await this.store.rows<RejectedRecord>(sql`
      select locator, external_id as "externalId", record, reasons from rejected_records
      where run_id = ${runId}::uuid and locator = ${locator} order by id limit 1`);
    return found ?? null;
  }
}

function matches({ code, words }: RejectedFilter): SQL {
  const pattern = `%${words?.replace(/[%_\\]/g, "\\$&")}%`;
  return sql.join(
    [
      code === undefined ? sql`true` : sql`reasons @> ${storableJson([{ code }])}::jsonb`,
      words === undefined ? sql`true` : sql`(locator ilike ${pattern} or external_id ilike ${pattern})`,
    ],
    sql` and `,
  );
}
