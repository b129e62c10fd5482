import { sql } from "drizzle-orm";
import { storableJson } from "../../model/text/storable.ts";
import type { Store } from "../store.ts";

/** How often an aid was read in a month. `month`: its first day, `YYYY-MM-DD`. */
export interface AidRead {
  readonly month: string;
  readonly aidId: string;
  readonly count: number;
}

/** Readings of single aids in the API, by month. Nothing about who read them. */
export class AidReadRepository {
  constructor(private readonly store: Store) {}

  /** Adds counts. Each aid may occur only once per month in the list. */
  async add(reads: readonly AidRead[]): Promise<void> {
    if (reads.length === 0) return;
    // Concurrent processes lock rows in the same order, to avoid deadlocks.
    await this.store.rows(sql`
      insert into aid_reads as known (month, aid_id, count)
      select month, "aidId", count from jsonb_to_recordset(${storableJson(reads)}::jsonb) as given (month date, "aidId" uuid, count int)
      order by month, "aidId" on conflict (month, aid_id) do update set count = known.count + excluded.count`);
  }

  /** Lists the live aids that were read at least `minCount` times in a month, most frequent first. */
  list(
    month: string,
    minCount: number,
    limit: number,
  ): Promise<{ aidId: string; aidName: string; language: string | null; count: number }[]> {
    return this.store.rows(sql`
      select reads.aid_id as "aidId", reads.count,
        coalesce(aids.edits -> 'name' ->> 'value', aids.kept ->> 'name', aids.imported ->> 'name', '') as "aidName",
        aids.imported ->> 'language' as language
      from aid_reads reads join aids_with_source aids on aids.aid_id = reads.aid_id
      where reads.month = ${month}::date and reads.count >= ${minCount} and aids.status = 'published' and aids.withdrawn_at is null
      order by reads.count desc, reads.aid_id limit ${limit}`);
  }
}
