import { sql } from "drizzle-orm";
import type { Store } from "../store.ts";

/** Conditions on a revision and a change: it refers to the row of `contents`. Found by the aid, because references have no index. */
const revisionRefers = sql`history.aid_id = contents.aid_id and contents.id in (history.last_content, history.next_content)`;
const changeRefers = sql`change.aid_id = contents.aid_id and change.last_content is not null and contents.id in (change.last_content, change.next_content)`;

/** Condition on `contents`: no revision and no change refers to the row. */
export const isInNoChange = sql`(
  not exists (select from aid_history history where ${revisionRefers}) and not exists (select from changes change where ${changeRefers}))`;

/** SQL on `contents`: the values of the fields that revisions and changes with a reference to the row have changed. */
export const valuesInChanges = sql`(
  select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(contents.content) where key in (
    select jsonb_object_keys(history.fields) from aid_history history where ${revisionRefers}
    union all select jsonb_object_keys(change.fields) from changes change where ${changeRefers}))`;

/** Condition on `contents`: nothing refers to the row, except staged aids of a run in progress. */
export const isUnused = sql`(
  not exists (select from aid_sources source where source.aid_id = contents.aid_id and source.content_id = contents.id)
  and not exists (select from planned_aids planned where planned.content_id = contents.id)
  and ${isInNoChange})`;

/** Condition on `contents` and `runs`: the run wrote the row. */
export const isOfRun = sql`(contents.id >= runs.content_block << 32 and contents.id < (runs.content_block + 1) << 32)`;

/** Deletes the staged aids of a run, and the contents that nothing else refers to. `inUse`: number of contents that are known to be used. */
export async function deleteStagedAids(store: Store, runId: string, inUse: number): Promise<void> {
  const staged = await store.value<number>(
    sql`with ended as (update runs set staging = false where id = ${runId}::uuid and staging),
      gone as (delete from staged_aids where run_id = ${runId}::uuid returning 1) select count(*)::int as count from gone`,
  );
  if (staged > inUse) await deleteUnused(store, runId);
}

/** Deletes the aids that a run prepared for a plan, because the plan is closed or applied, and the contents that nothing else refers to. */
export async function deletePlannedAids(transaction: Store, runId: string): Promise<void> {
  const planned = await transaction.value<number>(
    sql`with gone as (delete from planned_aids where run_id = ${runId}::uuid returning 1) select count(*)::int as count from gone`,
  );
  if (planned > 0) await deleteUnused(transaction, runId);
}

async function deleteUnused(store: Store, runId: string): Promise<void> {
  await store.rows(sql`delete from contents using runs where runs.id = ${runId}::uuid and ${isOfRun} and ${isUnused}`);
}
