import { type SQL, sql } from "drizzle-orm";
import type { Issue } from "../../model/issue.ts";
import type { RejectedRecord } from "../../model/plan/plan.ts";
import { storableJson } from "../../model/text/storable.ts";
import { allOf, type Store } from "../store.ts";

/** Filters rejected records. `code`: the code of one of their reasons. `words`: a text in the locator or external id. */
export interface RejectedFilter {
  readonly code?: string;
  readonly words?: string;
}

/** A rejected record in a list. `written`: its JSON or text, cut to what a spreadsheet cell can hold. */
export interface ListedRejection {
  readonly locator: string;
  readonly externalId: string | null;
  readonly written: string;
  readonly reasons: readonly Issue[];
}

const maxWritten = 30_000;
/** Maximum count of filtered records, because each one must be examined. */
const maxCounted = 10_000;

/** Rejected records of runs, whole, with the reasons. */
export class RejectedRepository {
  constructor(private readonly store: Store) {}

  /**
   * Returns the run whose rejected records a run reports: the run itself, or, if its feed was unchanged, the earlier run that read the
   * feed.
   */
  async sourceRun(runId: string): Promise<string> {
    const read = await this.store.findValue<string>(sql`
      select earlier.id as "runId" from runs join runs earlier on earlier.connector = runs.connector and earlier.token < runs.token
        and earlier.snapshot_hash = runs.snapshot_hash and earlier.mapping_fingerprint = runs.mapping_fingerprint and earlier.applied_at is not null
      where runs.id = ${runId}::uuid and runs.outcome = 'unchanged' and runs.report ->> 'planId' is null
        and not (earlier.outcome = 'unchanged' and earlier.report ->> 'planId' is null)
      order by earlier.token desc limit 1`);
    return read ?? runId;
  }

  /** Lists rejected records in feed order. */
  async list(
    runId: string,
    filter: RejectedFilter,
    { limit, offset }: { readonly limit: number; readonly offset: number },
  ): Promise<ListedRejection[]> {
    return this.store.rows<ListedRejection>(sql`
      select locator, external_id as "externalId", reasons,
        left(case jsonb_typeof(record) when 'string' then record #>> '{}' else record::text end, ${maxWritten}) as written
      from rejected_records where run_id = ${runId}::uuid and ${filterCondition(filter)} order by id limit ${limit} offset ${offset}`);
  }

  /** Counts rejected records. Counts filtered ones only up to 10,000. */
  async count(runId: string, filter: RejectedFilter): Promise<number> {
    const counted = filter.code === undefined && filter.words === undefined ? sql`` : sql`limit ${maxCounted}`;
    return this.store.value<number>(sql`
      select count(*)::int as count from (
        select 1 from rejected_records where run_id = ${runId}::uuid and ${filterCondition(filter)} ${counted}) found`);
  }

  /** Finds the rejected record at a locator. Returns null if it was not rejected, or is no longer stored. */
  async find(runId: string, locator: string): Promise<RejectedRecord | null> {
    return this.store.find<RejectedRecord>(sql`
      select locator, external_id as "externalId", record, reasons from rejected_records
      where run_id = ${runId}::uuid and locator = ${locator} order by id limit 1`);
  }
}

function filterCondition({ code, words }: RejectedFilter): SQL {
  const pattern = `%${words?.replace(/[%_\\]/g, "\\$&")}%`;
  return allOf([
    code !== undefined && sql`reasons @> ${storableJson([{ code }])}::jsonb`,
    words !== undefined && sql`(locator ilike ${pattern} or external_id ilike ${pattern})`,
  ]);
}
