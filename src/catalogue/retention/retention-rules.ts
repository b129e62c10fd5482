import { type SQL, sql } from "drizzle-orm";
import type { KeptKind } from "../../model/run/retention.ts";
import { storableJson } from "../../model/text/storable.ts";
import { isUnused } from "../contents/delete-contents.ts";
import { deleteChunks } from "../snapshots/delete-chunks.ts";
import type { Store } from "../store.ts";

/** By kind, the instant before which data has expired. */
export type KeptSince = Readonly<Record<KeptKind, Date>>;

/** Owners found to be expired at `now`. */
export interface ExpiredOwners {
  readonly owners: readonly string[];
  readonly now: Date;
}

/**
 * Selects the expired rows of a kind. Each row belongs to an owner (snapshot, run, plan…). Rows expire when their owner is old enough and
 * nothing needs it any more.
 */
export interface RetentionRule {
  readonly kind: KeptKind;
  /** Maximum number of owners per transaction. Default: 100. */
  readonly ownersAtATime?: number;
  /**
   * Returns SQL for the expired owners: `owner`, and `at`, the instant from which its age counts. With `found`, returns
   * SQL for the owners in `found` that are still expired, because a run may have begun to need one meanwhile.
   */
  owners(since: KeptSince, found?: ExpiredOwners): SQL;
  /** Returns SQL that prepares the deletion, as by locking rows that a run might begin to need. Executed before `owners`, in the same transaction. */
  readonly prepare?: (found: ExpiredOwners, since: KeptSince) => SQL;
  readonly rows: readonly RetainedRows[];
  /** Statements that delete rows belonging to `gone(owner)`; these rows are not counted. */
  readonly alongside?: readonly SQL[];
  /** Deletes what only deleted owners used, at the end of the same transaction. */
  readonly afterwards?: (transaction: Store, found: ExpiredOwners) => Promise<void>;
}

/** The rows of a table, aliased `held`, that belong to an owner (`owners.owner`). `bytes`: size of their large columns. */
export interface RetainedRows {
  readonly table: string;
  readonly owner: SQL;
  /** Further condition. Default: all rows of the owner. */
  readonly only?: SQL;
  readonly bytes: SQL;
}

/** Number of applied runs per connector whose reports are kept forever. Guards learn from them, and undo returns to the previous run. */
const reportsKept = 30;

/** Returns the earliest possible start of runs that were stored after owners were listed at `date`. */
const dayBefore = (date: Date) => new Date(date.getTime() - 86_400_000);

const instant = (date: Date) => sql`${date.toISOString()}::timestamptz`;

/** Returns the condition for owners found earlier. In the first search (`found` undefined), it is always true. */
function foundCondition(column: SQL, type: SQL, found: ExpiredOwners | undefined): SQL {
  if (found === undefined) return sql`true`;
  return sql`${column} in (select value::${type} from jsonb_array_elements_text(${storableJson(found.owners)}::jsonb))`;
}

function sizeOf(...columns: readonly string[]): SQL {
  const sizes = columns.map((column) => sql`coalesce(pg_column_size(${sql.identifier("held")}.${sql.identifier(column)}), 0)`);
  return sql`(${sql.join(sizes, sql` + `)})`;
}

/** Condition on `plans`: there are changes to apply. An incomplete plan can never be applied. */
const isOpen = sql`plans.complete and plans.state in ('open', 'part-applied')`;

const isUnapplied = sql`exists (select from plans where plans.id = owners.owner and plans.applied_at is null)`;
const closedAt = sql`coalesce(plans.closed_at, plans.applied_at, plans.created_at)`;

/** Size of the packs that no other snapshot uses. */
const bytesOfPacks = sql`(
  select coalesce(sum(pg_column_size(compressed)), 0) from snapshot_packs
  where id in (select pack from snapshot_extents where snapshot = held.id)
    and not exists (select from snapshot_extents other where other.pack = snapshot_packs.id and other.snapshot <> held.id))`;

/** Size of a rejected record that no other run has rejected. */
const bytesOfRejected = sql`coalesce((
  select pg_column_size(record) + pg_column_size(reasons) from rejected_contents where id = held.content
    and not exists (select from rejections other where other.content = held.content and other.run_id <> held.run_id)), 0)`;

/**
 * The age of a snapshot counts from the last run that read it. Snapshots of last applied runs, open plans and runs in progress, and samples
 * of drafts, never expire.
 */
const snapshots: RetentionRule = {
  kind: "snapshots",
  ownersAtATime: 10,
  prepare: (found) => sql`select 1 from snapshots where ${foundCondition(sql`id`, sql`bigint`, found)} order by hash for update`,
  owners: (since, found) => sql`
    select snapshots.id as owner, greatest(snapshots.stored_at, last.at) as at
    from snapshots left join (
      select snapshot_hash, max(started_at) as at from runs
      where ${found === undefined ? sql`true` : sql`started_at > ${instant(dayBefore(found.now))}`} group by snapshot_hash
    ) last on last.snapshot_hash = snapshots.hash
    where ${foundCondition(sql`snapshots.id`, sql`bigint`, found)}
      and greatest(snapshots.stored_at, last.at) < ${instant(since.snapshots)}
      and not exists (
        select from connectors join runs applied on applied.id = connectors.last_applied_run where applied.snapshot_hash = snapshots.hash)
      and not exists (
        select from plans join runs planned on planned.id = plans.run_id where ${isOpen} and planned.snapshot_hash = snapshots.hash)
      and not exists (select from drafts where drafts.upload = snapshots.hash and drafts.connector is null)
      and not exists (
        select from runs going where going.state <> 'ended'
          and (going.snapshot_hash = snapshots.hash or starts_with(snapshots.hash, going.options ->> 'snapshot')))`,
  rows: [{ table: "snapshots", owner: sql`held.id`, bytes: bytesOfPacks }],
  afterwards: (transaction, { owners }) => deleteChunks(transaction, owners.map(Number)),
};

/**
 * The age of rejected records counts from the last run that found their feed unchanged, because it rejected them too. Records of the
 * current feed and of open plans never expire.
 */
const rejected: RetentionRule = {
  kind: "rejected",
  owners: (since, found) => sql`
    select runs.id as owner, greatest(runs.started_at, repeats.at) as at
    from runs left join (
      select connector, snapshot_hash, mapping_fingerprint, max(started_at) as at from runs
      where outcome = 'unchanged' and applied_at is not null and ${found === undefined ? sql`true` : sql`false`} group by connector, snapshot_hash, mapping_fingerprint
    ) repeats on runs.applied_at is not null and repeats.connector = runs.connector and repeats.snapshot_hash = runs.snapshot_hash
      and repeats.mapping_fingerprint = runs.mapping_fingerprint
    where ${foundCondition(sql`runs.id`, sql`uuid`, found)} and runs.state = 'ended'
      and greatest(runs.started_at, repeats.at) < ${instant(since.rejected)}
      and exists (select from rejected_records where rejected_records.run_id = runs.id)
      and not exists (
        select from connectors join runs applied on applied.id = connectors.last_applied_run
        where connectors.id = runs.connector and runs.applied_at is not null and applied.snapshot_hash = runs.snapshot_hash
          and applied.mapping_fingerprint = runs.mapping_fingerprint)
      and not exists (select from plans where plans.run_id = runs.id and ${isOpen})`,
  rows: [{ table: "rejections", owner: sql`held.run_id`, bytes: bytesOfRejected }],
  afterwards: async (transaction, { owners }) => {
    await transaction.rows(sql`
      delete from rejected_contents where connector in (
          select connector from runs where id in (select value::uuid from jsonb_array_elements_text(${storableJson(owners)}::jsonb)))
        and not exists (select from rejections where rejections.content = rejected_contents.id)
        and not exists (select from runs going where going.connector = rejected_contents.connector and going.state = 'running')`);
  },
};

/** Prepared aids that can no longer be applied. They remain after a crash if the connector has not run since. */
const stagedOfRuns: RetentionRule = {
  kind: "staged",
  owners: (since, found) => sql`
    select runs.id as owner, runs.started_at as at from runs
    where ${foundCondition(sql`runs.id`, sql`uuid`, found)} and runs.state = 'ended' and runs.started_at < ${instant(since.staged)}
      and not exists (select from plans where plans.run_id = runs.id and ${isOpen})`,
  rows: ["staged_aids", "planned_aids"].map((table) => ({ table, owner: sql`held.run_id`, bytes: sizeOf("memo") })),
};

/**
 * Contents that nothing refers to. Runs and plans delete theirs when they end, so there are only those of runs that were interrupted, and
 * of changes that are no longer stored. They count as old as their run.
 */
const unusedContents: RetentionRule = {
  kind: "staged",
  ownersAtATime: 1000,
  owners: (since, found) => sql`
    select contents.id as owner, coalesce(runs.started_at, ${instant(since.staged)}) as at
    from contents left join runs on runs.content_block = contents.id >> 32
    where ${foundCondition(sql`contents.id`, sql`bigint`, found)} and ${isUnused}
      and (runs.id is null or runs.state = 'ended' and runs.started_at < ${instant(since.staged)})`,
  rows: [{ table: "contents", owner: sql`held.id`, bytes: sizeOf("content") }],
};

/**
 * The unapplied changes of closed plans, and incomplete plans that remain after a crash. Closed plans themselves stay, with their counts
 * and their applied part.
 */
const materialOfPlans: RetentionRule = {
  kind: "staged",
  owners: (since, found) => sql`
    select plans.id as owner, ${closedAt} as at from plans
    where ${foundCondition(sql`plans.id`, sql`uuid`, found)} and ${closedAt} < ${instant(since.staged)} and not (${isOpen})
      and (plans.complete or plans.origin <> 'run' or not exists (select from runs where runs.id = plans.run_id and runs.state <> 'ended'))`,
  rows: [
    {
      table: "changes",
      owner: sql`held.plan_id`,
      only: sql`held.part is null and exists (select from plans where plans.id = owners.owner and plans.state <> 'applied')`,
      bytes: sizeOf("fields", "state", "match"),
    },
    { table: "plan_remarks", owner: sql`held.plan_id`, only: isUnapplied, bytes: sizeOf("params") },
    { table: "territory_editions", owner: sql`held.plan_id`, only: isUnapplied, bytes: sizeOf("packed") },
    { table: "planned_absences", owner: sql`held.plan_id`, bytes: sizeOf("plan_id", "aid_id") },
    { table: "plans", owner: sql`held.id`, only: sql`not held.complete`, bytes: sizeOf("asked") },
  ],
};

/**
 * Runs that nothing needs. Runs that changed aids stay, for undo and `moisson trace`. These runs stay too: last applied runs, runs of open
 * plans, runs in which an aid went missing or came back, and runs with data that has not expired.
 */
const runs: RetentionRule = {
  kind: "runs",
  owners: (since, found) => sql`
    select runs.id as owner, runs.started_at as at
    from runs left join (
      select connectors.id as connector, (
        select applied.started_at from runs applied where applied.connector = connectors.id and applied.applied_at is not null
          and applied.undone_at is null and applied.report is not null order by applied.started_at desc offset ${reportsKept - 1} limit 1) as began
      from connectors
    ) newest on newest.connector = runs.connector
    where ${foundCondition(sql`runs.id`, sql`uuid`, found)} and runs.state = 'ended' and runs.started_at < ${instant(since.runs)}
      and not exists (select from connectors where connectors.last_applied_run = runs.id)
      and not exists (select from absences where absences.since_run = runs.id)
      and not exists (select from absences where absences.ended_run = runs.id)
      and not exists (
        select from plans where plans.run_id = runs.id and (
          ${isOpen} or ${closedAt} >= ${instant(since.staged)} or exists (select from aid_history where aid_history.plan_id = plans.id)))
      and (not exists (select from rejected_records where rejected_records.run_id = runs.id)
        or ${found === undefined ? sql`runs.id in (select past.owner from (${rejected.owners(since)}) past)` : sql`false`})
      and (runs.applied_at is null or runs.started_at < newest.began)`,
  rows: [{ table: "runs", owner: sql`held.id`, bytes: sizeOf("report", "options") }],
  alongside: [
    sql`delete from changes using gone, plans where plans.run_id = gone.owner and changes.plan_id = plans.id`,
    sql`delete from plan_remarks using gone, plans where plans.run_id = gone.owner and plan_remarks.plan_id = plans.id`,
    sql`delete from plans using gone where plans.run_id = gone.owner`,
  ],
};

/** Digests. The newest stays, because the next digest begins at its end. */
const digests: RetentionRule = {
  kind: "digests",
  owners: (since, found) => sql`
    select digests.id as owner, digests.until as at from digests
    where ${foundCondition(sql`digests.id`, sql`uuid`, found)} and digests.until < ${instant(since.digests)}
      and exists (select from digests newer where newer.until > digests.until)`,
  rows: [{ table: "digests", owner: sql`held.id`, bytes: sizeOf("content", "failures") }],
};

const letterRows = [{ table: "letters", owner: sql`held.id`, bytes: sizeOf("content") }] as const;
/** Answers and honoured requests are deleted with their letter. A stop, and a removal whose aid has not arrived, stay without the remark. */
const withAnswers = [
  sql`delete from letter_answers using gone where letter_answers.letter = gone.owner`,
  sql`delete from publisher_requests using gone where publisher_requests.letter = gone.owner
    and (kind = 'correction' or kind = 'removal' and handled_at is not null)`,
  sql`update publisher_requests set remark = null from gone where publisher_requests.letter = gone.owner
    and (kind = 'stop' or kind = 'removal' and handled_at is null)`,
] as const;

/** Letters whose address works, or was revoked recently. */
const letters: RetentionRule = {
  kind: "letters",
  owners: (since, found) => sql`
    select letters.id as owner, letters.at as at from letters
    where ${foundCondition(sql`letters.id`, sql`uuid`, found)} and letters.at < ${instant(since.letters)}
      and (letters.revoked_at is null or letters.revoked_at >= ${instant(since.revoked)})`,
  rows: letterRows,
  alongside: withAnswers,
};

/** Letters whose address is revoked. Their age counts from the revocation. */
const revokedLetters: RetentionRule = {
  kind: "revoked",
  owners: (since, found) => sql`
    select letters.id as owner, letters.revoked_at as at from letters
    where ${foundCondition(sql`letters.id`, sql`uuid`, found)} and letters.revoked_at < ${instant(since.revoked)}`,
  rows: letterRows,
  alongside: withAnswers,
};

/** The end of a shared preview's address: its last day, or its revocation. */
const endedAt = sql`least(shared_previews.until, coalesce(shared_previews.revoked_at, shared_previews.until))`;

/** Shared previews. Their age counts from the end of their address. */
const previews: RetentionRule = {
  kind: "previews",
  owners: (since, found) => sql`
    select shared_previews.id as owner, ${endedAt} as at from shared_previews
    where ${foundCondition(sql`shared_previews.id`, sql`uuid`, found)} and ${endedAt} < ${instant(since.previews)}`,
  rows: [{ table: "shared_previews", owner: sql`held.id`, bytes: sizeOf("content") }],
};

/** Errors reported by readers. Their age counts from the last time that somebody reported them. */
const reports: RetentionRule = {
  kind: "reports",
  ownersAtATime: 1000,
  owners: (since, found) => sql`
    select error_reports.id as owner, error_reports.at from error_reports
    where ${foundCondition(sql`error_reports.id`, sql`bigint`, found)} and error_reports.at < ${instant(since.reports)}`,
  rows: [{ table: "error_reports", owner: sql`held.id`, bytes: sizeOf("text", "point") }],
};

/** The audit trail. A trigger lets this transaction alone delete entries, and only those that are old enough. */
const audit: RetentionRule = {
  kind: "audit",
  ownersAtATime: 1000,
  prepare: (_, since) => sql`select set_config('retention.audit_kept_since', ${since.audit.toISOString()}, true)`,
  owners: (since, found) => sql`
    select audit.seq as owner, audit.at from audit where ${foundCondition(sql`audit.seq`, sql`bigint`, found)} and audit.at < ${instant(since.audit)}`,
  rows: [{ table: "audit", owner: sql`held.seq`, bytes: sizeOf("details") }],
};

/** The rules in the order of deletion. Runs come after their data, because the age of the data counts from its run. */
export const retentionRules: readonly RetentionRule[] = [
  snapshots,
  rejected,
  stagedOfRuns,
  materialOfPlans,
  unusedContents,
  runs,
  digests,
  letters,
  revokedLetters,
  previews,
  reports,
  audit,
];
