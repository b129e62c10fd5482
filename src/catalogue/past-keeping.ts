import { type SQL, sql } from "drizzle-orm";
import type { Shelf } from "./shelf.ts";
import { storableJson } from "./storable-json.ts";

/** Reports of so many applied runs of a connector are kept for ever: guards learn what is usual from them, and an undo goes back to the one before. */
const reportsKept = 30;

const instant = (date: Date) => sql`${date.toISOString()}::timestamptz`;

function isAmong(column: SQL, type: SQL, among: readonly string[] | undefined): SQL {
  if (among === undefined) return sql`true`;
  return sql`${column} in (select value::${type} from jsonb_array_elements_text(${storableJson(among)}::jsonb))`;
}

function sizeOf(...columns: readonly string[]): SQL {
  const sizes = columns.map((column) => sql`coalesce(pg_column_size(${sql.identifier("held")}.${sql.identifier(column)}), 0)`);
  return sql`(${sql.join(sizes, sql` + `)})`;
}

/** True for a plan of which something is left to apply. One that was never completed cannot be. */
const isOpen = sql`plans.complete and plans.state in ('open', 'part-applied')`;

const closedAt = sql`coalesce(plans.closed_at, plans.applied_at, plans.created_at)`;

/** A snapshot is as old as the last run that read it. Kept for ever: what the last applied run read, what an open plan came from, what a run is about to read. */
const snapshots: Shelf = {
  kind: "snapshots",
  lock: (among) => sql`select 1 from snapshots where ${isAmong(sql`hash`, sql`text`, among)} order by hash for update`,
  owners: (since, among) => sql`
    select snapshots.hash as owner, greatest(snapshots.stored_at, last.at) as at
    from snapshots left join (select snapshot_hash, max(started_at) as at from runs group by snapshot_hash) last on last.snapshot_hash = snapshots.hash
    where ${isAmong(sql`snapshots.hash`, sql`text`, among)} and greatest(snapshots.stored_at, last.at) < ${instant(since.snapshots)}
      and not exists (
        select from connectors join runs applied on applied.id = connectors.last_applied_run where applied.snapshot_hash = snapshots.hash)
      and not exists (
        select from plans join runs planned on planned.id = plans.run_id where ${isOpen} and planned.snapshot_hash = snapshots.hash)
      and not exists (
        select from runs going where going.state <> 'ended'
          and (going.snapshot_hash = snapshots.hash or starts_with(snapshots.hash, going.options ->> 'snapshot')))`,
  rows: [
    {
      table: "snapshots",
      owner: sql`held.hash`,
      isOwned: sql`held.hash = owners.owner`,
      bytes: sql`(select coalesce(sum(pg_column_size(compressed)), 0) from snapshot_chunks where snapshot_chunks.hash = held.hash)`,
    },
  ],
};

/**
 * Rejected records are as old as the last run that found their feed unchanged: what was rejected when it was read was rejected then too. Those of the feed that
 * stands, and of plans that wait, are kept for ever.
 */
const rejected: Shelf = {
  kind: "rejected",
  owners: (since, among) => sql`
    select runs.id as owner, greatest(runs.started_at, repeats.at) as at
    from runs left join (
      select connector, snapshot_hash, mapping_fingerprint, max(started_at) as at from runs
      where outcome = 'unchanged' and applied_at is not null group by connector, snapshot_hash, mapping_fingerprint
    ) repeats on runs.applied_at is not null and repeats.connector = runs.connector and repeats.snapshot_hash = runs.snapshot_hash
      and repeats.mapping_fingerprint = runs.mapping_fingerprint
    where ${isAmong(sql`runs.id`, sql`uuid`, among)} and runs.state = 'ended' and greatest(runs.started_at, repeats.at) < ${instant(since.rejected)}
      and exists (select from rejected_records where rejected_records.run_id = runs.id)
      and not exists (
        select from connectors join runs applied on applied.id = connectors.last_applied_run
        where connectors.id = runs.connector and runs.applied_at is not null and applied.snapshot_hash = runs.snapshot_hash
          and applied.mapping_fingerprint = runs.mapping_fingerprint)
      and not exists (select from plans where plans.run_id = runs.id and ${isOpen})`,
  rows: [
    {
      table: "rejected_records",
      owner: sql`held.run_id`,
      isOwned: sql`held.run_id = owners.owner`,
      bytes: sizeOf("record", "reasons"),
    },
  ],
};

/** Aids that a run prepared and nobody can apply any more: left behind by a crash, of a connector that has not run since. */
const stagedOfRuns: Shelf = {
  kind: "staged",
  owners: (since, among) => sql`
    select runs.id as owner, runs.started_at as at from runs
    where ${isAmong(sql`runs.id`, sql`uuid`, among)} and runs.state = 'ended' and runs.started_at < ${instant(since.staged)}
      and not exists (select from plans where plans.run_id = runs.id and ${isOpen})`,
  rows: ["staged_aids", "planned_aids"].map((table) => ({
    table,
    owner: sql`held.run_id`,
    isOwned: sql`held.run_id = owners.owner`,
    bytes: sizeOf("content", "memo"),
  })),
};

/**
 * What closed plans would have done and did not, and plans that a crash left unfinished. The plan stays, with its counts and who closed it; what was applied of
 * it stays too.
 */
const materialOfPlans: Shelf = {
  kind: "staged",
  owners: (since, among) => sql`
    select plans.id as owner, ${closedAt} as at from plans
    where ${isAmong(sql`plans.id`, sql`uuid`, among)} and ${closedAt} < ${instant(since.staged)} and not (${isOpen})
      and (plans.complete or plans.origin <> 'run' or not exists (select from runs where runs.id = plans.run_id and runs.state <> 'ended'))`,
  rows: [
    {
      table: "changes",
      owner: sql`held.plan_id`,
      isOwned: sql`held.plan_id = owners.owner and held.part is null and exists (
        select from plans where plans.id = owners.owner and plans.state <> 'applied')`,
      bytes: sizeOf("fields", "state", "match"),
    },
    {
      table: "plan_remarks",
      owner: sql`held.plan_id`,
      isOwned: sql`held.plan_id = owners.owner and exists (select from plans where plans.id = owners.owner and plans.applied_at is null)`,
      bytes: sizeOf("params"),
    },
    { table: "planned_absences", owner: sql`held.plan_id`, isOwned: sql`held.plan_id = owners.owner`, bytes: sizeOf("plan_id", "aid_id") },
    { table: "plans", owner: sql`held.id`, isOwned: sql`held.id = owners.owner and not held.complete`, bytes: sizeOf("asked") },
  ],
};

/**
 * Runs that left no trace: what wrote the history is kept as long as the history is, for undo and trace. Kept too: the last applied ones, what open plans and absences
 * name, and whatever has something that is not yet old enough itself.
 */
const runs: Shelf = {
  kind: "runs",
  owners: (since, among) => sql`
    select runs.id as owner, runs.started_at as at from runs
    where ${isAmong(sql`runs.id`, sql`uuid`, among)} and runs.state = 'ended' and runs.started_at < ${instant(since.runs)}
      and not exists (select from connectors where connectors.last_applied_run = runs.id)
      and not exists (select from absences where absences.since_run = runs.id)
      and not exists (select from absences where absences.ended_run = runs.id)
      and not exists (
        select from plans where plans.run_id = runs.id and (
          ${isOpen} or ${closedAt} >= ${instant(since.staged)} or exists (select from aid_history where aid_history.plan_id = plans.id)))
      and (not exists (select from rejected_records where rejected_records.run_id = runs.id) or runs.id in (
        select past.owner from (${rejected.owners(since, among)}) past))
      and (runs.applied_at is null or ${reportsKept} <= (
        select count(*) from (
          select from runs newer where newer.connector = runs.connector and newer.started_at >= runs.started_at and newer.token > runs.token
            and newer.applied_at is not null and newer.undone_at is null and newer.report is not null limit ${reportsKept}
        ) newest))`,
  rows: [{ table: "runs", owner: sql`held.id`, isOwned: sql`held.id = owners.owner`, bytes: sizeOf("report", "options") }],
  alongside: [
    sql`delete from rejected_records using gone where rejected_records.run_id = gone.owner`,
    sql`delete from staged_aids using gone where staged_aids.run_id = gone.owner`,
    sql`delete from planned_aids using gone where planned_aids.run_id = gone.owner`,
    sql`delete from changes using gone, plans where plans.run_id = gone.owner and changes.plan_id = plans.id`,
    sql`delete from plan_remarks using gone, plans where plans.run_id = gone.owner and plan_remarks.plan_id = plans.id`,
    sql`delete from planned_absences using gone, plans where plans.run_id = gone.owner and planned_absences.plan_id = plans.id`,
    sql`delete from plans using gone where plans.run_id = gone.owner`,
  ],
};

/** Morning pages. The newest says from when on the next one tells. */
const digests: Shelf = {
  kind: "digests",
  owners: (since, among) => sql`
    select digests.id as owner, digests.until as at from digests
    where ${isAmong(sql`digests.id`, sql`uuid`, among)} and digests.until < ${instant(since.digests)}
      and exists (select from digests newer where newer.until > digests.until)`,
  rows: [{ table: "digests", owner: sql`held.id`, isOwned: sql`held.id = owners.owner`, bytes: sizeOf("content", "failures") }],
};

/** In the order in which they are cleared: runs say how old the others are, and go last. */
export const shelves: readonly Shelf[] = [snapshots, rejected, stagedOfRuns, materialOfPlans, runs, digests];
