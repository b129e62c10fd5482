import { type SQL, sql } from "drizzle-orm";
import type { ExpiredOwners, RetentionRule } from "../published/shelf.ts";
import { storableJson } from "../storable-json.ts";

/** Reports of so many applied runs of a connector are kept for ever: guards learn what is usual from them, and an undo goes back to the one before. */
const reportsKept = 30;

/** Of a list that was made a while ago: a run that has come since began no longer than that before it. */
const dayBefore = (date: Date) => new Date(date.getTime() - 86_400_000);

const instant = (date: Date) => sql`${date.toISOString()}::timestamptz`;

/** True for those that were found; before anything was, for all. */
function isFound(column: SQL, type: SQL, found: ExpiredOwners | undefined): SQL {
  if (found === undefined) return sql`true`;
  return sql`${column} in (select value::${type} from jsonb_array_elements_text(${storableJson(found.owners)}::jsonb))`;
}

function sizeOf(...columns: readonly string[]): SQL {
  const sizes = columns.map((column) => sql`coalesce(pg_column_size(${sql.identifier("held")}.${sql.identifier(column)}), 0)`);
  return sql`(${sql.join(sizes, sql` + `)})`;
}

/** True for a plan of which something is left to apply. One that was never completed cannot be. */
const isOpen = sql`plans.complete and plans.state in ('open', 'part-applied')`;

const closedAt = sql`coalesce(plans.closed_at, plans.applied_at, plans.created_at)`;

/**
 * A snapshot is as old as the last run that read it. Kept for ever: what the last applied run read, what an open plan came from, what a run is about to read, the
 * sample of a publisher that is being brought in.
 */
const snapshots: RetentionRule = {
  kind: "snapshots",
  ownersAtATime: 10,
  lock: (found) => sql`select 1 from snapshots where ${isFound(sql`hash`, sql`text`, found)} order by hash for update`,
  owners: (since, found) => sql`
    select snapshots.hash as owner, greatest(snapshots.stored_at, last.at) as at
    from snapshots left join (
      select snapshot_hash, max(started_at) as at from runs
      where ${found === undefined ? sql`true` : sql`started_at > ${instant(dayBefore(found.now))}`} group by snapshot_hash
    ) last on last.snapshot_hash = snapshots.hash
    where ${isFound(sql`snapshots.hash`, sql`text`, found)}
      and greatest(snapshots.stored_at, last.at) < ${instant(since.snapshots)}
      and not exists (
        select from connectors join runs applied on applied.id = connectors.last_applied_run where applied.snapshot_hash = snapshots.hash)
      and not exists (
        select from plans join runs planned on planned.id = plans.run_id where ${isOpen} and planned.snapshot_hash = snapshots.hash)
      and not exists (select from drafts where drafts.upload = snapshots.hash and drafts.connector is null)
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
 * stands, and of plans that wait, are kept for ever: a run that finds the feed unchanged makes it stand.
 */
const rejected: RetentionRule = {
  kind: "rejected",
  ownersAtATime: 100,
  owners: (since, found) => sql`
    select runs.id as owner, greatest(runs.started_at, repeats.at) as at
    from runs left join (
      select connector, snapshot_hash, mapping_fingerprint, max(started_at) as at from runs
      where outcome = 'unchanged' and applied_at is not null and ${found === undefined ? sql`true` : sql`false`} group by connector, snapshot_hash, mapping_fingerprint
    ) repeats on runs.applied_at is not null and repeats.connector = runs.connector and repeats.snapshot_hash = runs.snapshot_hash
      and repeats.mapping_fingerprint = runs.mapping_fingerprint
    where ${isFound(sql`runs.id`, sql`uuid`, found)} and runs.state = 'ended'
      and greatest(runs.started_at, repeats.at) < ${instant(since.rejected)}
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
const stagedOfRuns: RetentionRule = {
  kind: "staged",
  ownersAtATime: 100,
  owners: (since, found) => sql`
    select runs.id as owner, runs.started_at as at from runs
    where ${isFound(sql`runs.id`, sql`uuid`, found)} and runs.state = 'ended' and runs.started_at < ${instant(since.staged)}
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
const materialOfPlans: RetentionRule = {
  kind: "staged",
  ownersAtATime: 100,
  owners: (since, found) => sql`
    select plans.id as owner, ${closedAt} as at from plans
    where ${isFound(sql`plans.id`, sql`uuid`, found)} and ${closedAt} < ${instant(since.staged)} and not (${isOpen})
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
const runs: RetentionRule = {
  kind: "runs",
  ownersAtATime: 100,
  owners: (since, found) => sql`
    select runs.id as owner, runs.started_at as at
    from runs left join (
      select connectors.id as connector, (
        select applied.started_at from runs applied where applied.connector = connectors.id and applied.applied_at is not null
          and applied.undone_at is null and applied.report is not null order by applied.started_at desc offset ${reportsKept - 1} limit 1) as began
      from connectors
    ) newest on newest.connector = runs.connector
    where ${isFound(sql`runs.id`, sql`uuid`, found)} and runs.state = 'ended' and runs.started_at < ${instant(since.runs)}
      and not exists (select from connectors where connectors.last_applied_run = runs.id)
      and not exists (select from absences where absences.since_run = runs.id)
      and not exists (select from absences where absences.ended_run = runs.id)
      and not exists (
        select from plans where plans.run_id = runs.id and (
          ${isOpen} or ${closedAt} >= ${instant(since.staged)} or exists (select from aid_history where aid_history.plan_id = plans.id)))
      and (not exists (select from rejected_records where rejected_records.run_id = runs.id)
        or ${found === undefined ? sql`runs.id in (select past.owner from (${rejected.owners(since)}) past)` : sql`false`})
      and (runs.applied_at is null or runs.started_at < newest.began)`,
  rows: [{ table: "runs", owner: sql`held.id`, isOwned: sql`held.id = owners.owner`, bytes: sizeOf("report", "options") }],
  alongside: [
    sql`delete from changes using gone, plans where plans.run_id = gone.owner and changes.plan_id = plans.id`,
    sql`delete from plan_remarks using gone, plans where plans.run_id = gone.owner and plan_remarks.plan_id = plans.id`,
    sql`delete from plans using gone where plans.run_id = gone.owner`,
  ],
};

/** Morning pages. The newest says from when on the next one tells. */
const digests: RetentionRule = {
  kind: "digests",
  ownersAtATime: 100,
  owners: (since, found) => sql`
    select digests.id as owner, digests.until as at from digests
    where ${isFound(sql`digests.id`, sql`uuid`, found)} and digests.until < ${instant(since.digests)}
      and exists (select from digests newer where newer.until > digests.until)`,
  rows: [{ table: "digests", owner: sql`held.id`, isOwned: sql`held.id = owners.owner`, bytes: sizeOf("content", "failures") }],
};

const letterRows = [{ table: "letters", owner: sql`held.id`, isOwned: sql`held.id = owners.owner`, bytes: sizeOf("content") }] as const;
/** What was answered to a letter goes with it. */
const withAnswers = [sql`delete from letter_answers using gone where letter_answers.letter = gone.owner`] as const;

/** Letters to publishers that can be read at their address still, or whose address was closed lately. */
const letters: RetentionRule = {
  kind: "letters",
  ownersAtATime: 100,
  owners: (since, found) => sql`
    select letters.id as owner, letters.at as at from letters
    where ${isFound(sql`letters.id`, sql`uuid`, found)} and letters.at < ${instant(since.letters)}
      and (letters.revoked_at is null or letters.revoked_at >= ${instant(since.revoked)})`,
  rows: letterRows,
  alongside: withAnswers,
};

/** Letters that nobody can read any more, as old as the end of their address. */
const revokedLetters: RetentionRule = {
  kind: "revoked",
  ownersAtATime: 100,
  owners: (since, found) => sql`
    select letters.id as owner, letters.revoked_at as at from letters
    where ${isFound(sql`letters.id`, sql`uuid`, found)} and letters.revoked_at < ${instant(since.revoked)}`,
  rows: letterRows,
  alongside: withAnswers,
};

/** When a shared preview led nowhere any more: its day had come, or its address was closed before. */
const endedAt = sql`least(shared_previews.until, coalesce(shared_previews.revoked_at, shared_previews.until))`;

/** Previews of drafts that publishers were shown, as old as their end. One that is given another address has not ended. */
const previews: RetentionRule = {
  kind: "previews",
  ownersAtATime: 100,
  owners: (since, found) => sql`
    select shared_previews.id as owner, ${endedAt} as at from shared_previews
    where ${isFound(sql`shared_previews.id`, sql`uuid`, found)} and ${endedAt} < ${instant(since.previews)}`,
  rows: [{ table: "shared_previews", owner: sql`held.id`, isOwned: sql`held.id = owners.owner`, bytes: sizeOf("content") }],
};

/** In the order in which they are cleared: runs say how old what they brought is, and go after it. */
export const retentionRules: readonly RetentionRule[] = [
  snapshots,
  rejected,
  stagedOfRuns,
  materialOfPlans,
  runs,
  digests,
  letters,
  revokedLetters,
  previews,
];
