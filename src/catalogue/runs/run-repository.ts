import { and, desc, eq, gte, lte, ne, type SQL, sql } from "drizzle-orm";
import type { IssueParams } from "../../model/issue.ts";
import type { Outcome } from "../../model/run/run-error.ts";
import type { RunReport } from "../../model/run/run-report.ts";
import { storableJson } from "../../model/text/storable.ts";
import { displaced } from "../connectors/connector-repository.ts";
import { runs } from "../schema/run-tables.ts";
import { isUuid, picked, type RowOf, type Store } from "../store.ts";
import { type Again, requeue } from "./queued-runs.ts";
import type { RunClaim } from "./staging-repository.ts";

/** A run at its start. `options`: the request, as JSON. */
export interface RunStart {
  readonly runId: string;
  readonly connector: string;
  readonly token: number;
  readonly now: Date;
  readonly mappingFingerprint: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** See `workerName`. */
  readonly worker?: string;
}

/** The end of a run. */
export interface RunEnd {
  readonly outcome: Outcome;
  readonly report: RunReport;
  readonly now: Date;
  /** Requeues the run. */
  readonly again?: Again | null;
}

/** The end of a run whose feed has not changed. `countsAsApplied`: false for a dry run. */
export interface UnchangedEnd {
  readonly report: RunReport;
  readonly now: Date;
  readonly feed: RunFeed;
  readonly countsAsApplied: boolean;
}

/** A fetched feed. `etag` and `lastModified` are sent with the next request. */
export interface RunFeed {
  readonly snapshotHash: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

const columns = {
  runId: runs.id,
  ...picked(
    runs,
    ...([
      "connector",
      "state",
      "outcome",
      "askedBy",
      "try",
      "alone",
      "machineFaults",
      "triesAgain",
      "worker",
      "progress",
      "startedAt",
      "endedAt",
    ] as const),
    ...(["snapshotHash", "mappingFingerprint", "options", "report", "appliedAt", "appliedBy", "undoneAt", "undoneBy"] as const),
  ),
};

/**
 * A stored run. `report` is null while it runs, and stays null if it was killed. `askedBy`: a person's name, or `schedule`; null if it was
 * started directly. `try`: 1, or more if it retries run `triesAgain`. `machineFaults`, `alone`: see the table. `startedAt`: when it began, or, while queued, when it was requested.
 * `appliedAt`, `appliedBy`: when its plan was fully applied, or there was nothing to apply, and by whom: `run`, or a person.
 */
export type RunRecord = RowOf<typeof columns>;

/** Runs and their reports. */
export class RunRepository {
  constructor(private readonly store: Store) {}

  /**
   * Starts a run.
   * @throws RunDisplaced if the token is no longer the connector's
   */
  async start(run: RunStart): Promise<void> {
    const started = await this.store.rows(sql`
      insert into runs (id, connector, token, state, started_at, mapping_fingerprint, options, staging, worker, heard_at)
      select ${run.runId}::uuid, id, fence, 'running', ${run.now.toISOString()}::timestamptz, ${run.mappingFingerprint}, ${storableJson(run.options)}::jsonb, true,
        ${run.worker ?? null}, clock_timestamp()
      from connectors where id = ${run.connector} and fence = ${run.token} for share
      returning id`);
    if (started.length === 0) throw displaced(run.connector);
  }

  /** Records the fetched feed and releases the host. */
  async recordFeed(claim: RunClaim, feed: RunFeed): Promise<void> {
    await this.store.query((database) =>
      database
        .update(runs)
        .set({ ...feed, fetchingFrom: null })
        .where(and(eq(runs.id, claim.runId), eq(runs.token, claim.token))),
    );
  }

  /**
   * Ends a run with its report. A displaced run stays `abandoned`. A run whose plan was written stays applied, even if the connection broke
   * before its worker knew.
   * @returns the id of the requeued run, or null
   */
  async end(runId: string, end: RunEnd): Promise<string | null> {
    const now = end.now.toISOString();
    // Nobody will apply an open plan that does not wait for a person.
    const ending = sql`
      with ended as (
        update runs set state = 'ended', outcome = ${end.outcome}, report = ${storableJson(end.report)}::jsonb, ended_at = ${now}::timestamptz,
          fetching_from = null, progress = null
        where id = ${runId}::uuid and (state <> 'ended' or outcome = ${end.outcome}) returning id
      ), overtaken as (
        update plans set state = 'overtaken', closed_at = ${now}::timestamptz, closed_by = 'run' from ended
        where plans.run_id = ended.id and plans.origin = 'run' and plans.state = 'open' and not plans.waits
      ) select id from ended`;
    const { again } = end;
    if (!again) {
      await this.store.rows(ending);
      return null;
    }
    return this.store.transaction(async (transaction) => {
      const ended = await transaction.rows(ending);
      return ended.length === 0 ? null : requeue(transaction, { runId, now: end.now, ...again });
    });
  }

  /**
   * Ends a run that made no plan, because its feed is that of the last applied run. With `countsAsApplied`, the next run is compared with
   * this one. A displaced run stays `abandoned`.
   */
  async endUnchanged(runId: string, { report, now, feed, countsAsApplied }: UnchangedEnd): Promise<void> {
    const isLast = sql`exists (select from last)`;
    await this.store.rows(sql`
      with last as (
        update connectors set last_applied_run = runs.id from runs
        where ${countsAsApplied} and runs.id = ${runId}::uuid and connectors.id = runs.connector and connectors.fence = runs.token
          and runs.state = 'running' returning 1
      )
      update runs set state = 'ended', outcome = 'unchanged', report = ${storableJson(report)}::jsonb, ended_at = ${now.toISOString()}::timestamptz,
        snapshot_hash = ${feed.snapshotHash}, etag = ${feed.etag}, last_modified = ${feed.lastModified}, fetching_from = null, progress = null,
        staging = false, applied_at = case when ${isLast} then ${now.toISOString()}::timestamptz end, applied_by = case when ${isLast} then 'run' end,
        counts_absence = ${isLast}
      where id = ${runId}::uuid and state = 'running'`);
  }

  /** Finds a run. Returns null if it does not exist, and for a text that is no id. */
  async find(runId: string): Promise<RunRecord | null> {
    if (!isUuid(runId)) return null;
    const [run] = await this.store.query((database) => database.select(columns).from(runs).where(eq(runs.id, runId)));
    return run === undefined ? null : runRecord(run);
  }

  /** Returns the run that retries this one, or null. */
  async retryOf(runId: string): Promise<string | null> {
    const [next] = await this.store.query((database) => database.select({ id: runs.id }).from(runs).where(eq(runs.triesAgain, runId)));
    return next?.id ?? null;
  }

  /** Returns the hash of the last snapshot that a run of the connector fetched from its own address, applied or not, or null. */
  async lastFetched(connector: string): Promise<string | null> {
    return this.store.findValue<string>(sql`
      select snapshot_hash as hash from runs where connector = ${connector} and snapshot_hash is not null
        and not (options ? 'snapshot' or options ? 'file' or options ? 'url') order by token desc limit 1`);
  }

  /** Lists runs, newest first. `begins`: beginning of their id. */
  async list(filter: { readonly connector?: string; readonly begins?: string; readonly limit?: number } = {}): Promise<RunRecord[]> {
    const ofConnector = filter.connector === undefined ? undefined : eq(runs.connector, filter.connector);
    const named = filter.begins === undefined ? undefined : idsFrom(filter.begins);
    const found = await this.store.query((database) =>
      database
        .select(columns)
        .from(runs)
        .where(and(ofConnector, named))
        .orderBy(desc(runs.startedAt), desc(runs.token))
        .limit(filter.limit ?? 50),
    );
    return found.map(runRecord);
  }

  /** Lists running runs, then queued ones, by start or request. */
  async open(): Promise<RunRecord[]> {
    const found = await this.store.query((database) =>
      database.select(columns).from(runs).where(ne(runs.state, "ended")).orderBy(desc(runs.state), runs.startedAt, runs.id),
    );
    return found.map(runRecord);
  }

  /**
   * Returns the parameters of `walk-incomplete` if the last run that fetched this feed did not get all pages, which the bytes do not show.
   * Otherwise returns null. Runs on a snapshot and limited runs do not count.
   */
  async incompleteWalk(connector: string, snapshotHash: string): Promise<IssueParams | null> {
    return this.store.findValue<IssueParams | null>(sql`
      select case when report -> 'error' ->> 'code' = 'walk-incomplete' and report -> 'error' -> 'params' ? 'reason' then report -> 'error' -> 'params' end
        as params from runs
      where connector = ${connector} and snapshot_hash = ${snapshotHash} and report is not null and not (options ? 'snapshot' or options ? 'limit')
      order by token desc limit 1`);
  }
}

/** Returns the condition for runs whose id begins with a text. The range of ids uses the primary key. */
function idsFrom(begins: string): SQL | undefined {
  const text = begins.toLowerCase();
  const digits = text.replaceAll("-", "");
  if (!/^[0-9a-f]{1,32}$/.test(digits)) return sql`false`;
  return and(gte(runs.id, digits.padEnd(32, "0")), lte(runs.id, digits.padEnd(32, "f")), sql`starts_with(${runs.id}::text, ${text})`);
}

function runRecord(run: RunRecord): RunRecord {
  return { ...run, report: reportOf(run.report) };
}

/** Completes old reports, which lack warnings, remarks and stage times. */
function reportOf(written: RunReport | null): RunReport | null {
  if (written === null) return null;
  const report: Omit<RunReport, "warnings" | "remarks" | "stageMs"> & Partial<RunReport> = written;
  return { ...report, warnings: report.warnings ?? [], remarks: report.remarks ?? {}, stageMs: report.stageMs ?? {} };
}
