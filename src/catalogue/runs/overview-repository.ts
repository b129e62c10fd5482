import { type SQL, sql } from "drizzle-orm";
import type { Outcome } from "../../model/run/run-error.ts";
import type { RunReport } from "../../model/run/run-report.ts";
import { storableJson } from "../../model/text/storable.ts";
import type { SearchStanding } from "../search/search-row.ts";
import { allOf, isoInstant, type Store } from "../store.ts";
import { repairPath } from "./digest-facts.ts";
import { type RunAftermath, runAftermath } from "./run-aftermath.ts";

/** Status of a connector: its last run, except dry and cancelled ones, and its queued or running run. */
export interface ConnectorStatus {
  readonly connector: string;
  readonly runId: string | null;
  readonly outcome: Outcome | null;
  readonly since: RunAftermath | null;
  /** Start as ISO instant. */
  readonly startedAt: string | null;
  readonly open: "queued" | "running" | null;
}

/** Numbers of records and aids in the report of a run. Null if it has none. */
export interface RunCounts {
  readonly received: number | null;
  readonly rejected: number | null;
  readonly created: number | null;
  readonly updated: number | null;
}

/** Outcomes of a connector's last runs, oldest first, and the counts of the newest. */
export interface ConnectorTrend extends RunCounts {
  readonly outcomes: readonly Outcome[];
  readonly withdrawn: number | null;
  /** Number of findings of guards that only warn. */
  readonly warnings: number | null;
}

/** The last run of a connector in a night, a day in Paris as `YYYY-MM-DD`, and the number of its runs in that night. Without dry and cancelled runs. */
export interface NightRun {
  readonly connector: string;
  readonly night: string;
  readonly runId: string;
  readonly outcome: Outcome;
  readonly since: RunAftermath | null;
  readonly runs: number;
}

/** Words without a term in the last whole feed of a connector, and the issues about them. */
export type LastUnmapped = Pick<RunReport, "connector" | "unmappedTerms" | "issues">;

/** A run in a list. */
export interface ListedRun extends RunCounts {
  readonly runId: string;
  readonly connector: string;
  readonly state: "queued" | "running" | "ended";
  readonly outcome: Outcome | null;
  readonly since: RunAftermath | null;
  readonly askedBy: string | null;
  readonly startedAt: Date;
  readonly durationMs: number | null;
  readonly withdrawn: number | null;
  /** Number of findings of guards that only warn, and of kinds of repairs. */
  readonly warnings: number | null;
  readonly repairs: number | null;
}

/** Filters runs. `state`: an outcome, `queued` or `running`. `from`, `to`: days in Paris, both included. */
export interface RunListFilter {
  readonly connector?: string;
  readonly state?: string;
  readonly from?: string;
  readonly to?: string;
}

/**
 * Condition on `runs` that count for the status of a connector. Only an ended run has an outcome. The state is left out because PostgreSQL
 * without statistics would then read the index of all ended runs for each connector.
 */
const isCounted = sql`runs.outcome <> 'cancelled' and not (coalesce(runs.options ->> 'dryRun', '') = 'true' or runs.options ? 'limit')`;

/**
 * Overviews over all connectors for the console. To be fast, they read only the last runs of each connector, and the search index instead
 * of the aids.
 */
export class OverviewRepository {
  constructor(private readonly store: Store) {}

  /** Returns the status of every connector that ever ran or has a queued run, or only of one. */
  async statuses(connector?: string): Promise<ConnectorStatus[]> {
    return this.store.rows<ConnectorStatus>(sql`
      with open as (select connector, max(state) as state from runs where state <> 'ended' group by connector),
      known as (select id from connectors union select connector from open)
      select known.id as connector, last.id as "runId", last.outcome, last.since, ${isoInstant(sql`last.started_at`)} as "startedAt", open.state as open
      from known left join open on open.connector = known.id left join lateral (
        select id, outcome, ${runAftermath} as since, started_at from runs where runs.connector = known.id and ${isCounted} order by started_at desc limit 1
      ) last on true where ${connector === undefined ? sql`true` : sql`known.id = ${connector}`} order by known.id`);
  }

  /** Returns trends of these connectors without dry and cancelled runs. Reads only the newest reports. */
  async trends(connectors: readonly string[], runs: number): Promise<ReadonlyMap<string, ConnectorTrend>> {
    const count = (name: string) => sql`(newest.counts ->> ${name})::int`;
    const found = await this.store.rows<ConnectorTrend & { connector: string }>(sql`
      select wanted.id as connector, coalesce(last.outcomes, '[]') as outcomes, ${count("received")} as received, ${count("rejected")} as rejected,
        ${count("created")} as created, ${count("updated")} as updated, ${count("withdrawn")} as withdrawn, jsonb_array_length(newest.warnings) as warnings
      from jsonb_array_elements_text(${storableJson(connectors)}::jsonb) as wanted (id) left join lateral (
        select jsonb_agg(outcome order by started_at) as outcomes from (
          select outcome, started_at from runs where runs.connector = wanted.id and ${isCounted} order by started_at desc limit ${runs}) last
      ) last on true left join lateral (
        select shown.counts, shown.warnings from runs left join lateral jsonb_to_record(runs.report) as shown (counts jsonb, warnings jsonb) on true
        where runs.connector = wanted.id and ${isCounted} order by started_at desc limit 1
      ) newest on true`);
    return new Map(found.map(({ connector, ...trend }) => [connector, trend]));
  }

  /** Returns the last run of each night, of all connectors or some, from a day in Paris on. Reads no reports. */
  async nights(from: string, connectors?: readonly string[]): Promise<NightRun[]> {
    const wanted =
      connectors === undefined ? sql`true` : sql`runs.connector in (select jsonb_array_elements_text(${storableJson(connectors)}::jsonb))`;
    return this.store.rows<NightRun>(sql`
      select runs.connector, runs.night, runs.id as "runId", runs.outcome, ${runAftermath} as since, runs.count as runs from (
        select id, connector, night, outcome, undone_at, applied_at, row_number() over (nightly order by started_at desc, token desc) as place,
          count(*) over (partition by connector, night)::int as count
        from (
          select id, connector, outcome, undone_at, applied_at, started_at, token, to_char(started_at at time zone 'Europe/Paris', 'YYYY-MM-DD') as night
          from runs where ${isCounted} and ${wanted} and started_at >= ${from}::timestamp at time zone 'Europe/Paris') runs
        window nightly as (partition by connector, night)) runs
      where runs.place = 1`);
  }

  /**
   * Returns a value that changes when a run ends, when a plan is applied, as for an undo, or when the index changes. Totals over all
   * connectors can be cached under it.
   */
  async signature(): Promise<string> {
    return this.store.value<string>(sql`
      select concat_ws(' ', (select max(ended_at) from runs where state = 'ended'), (select max(applied_at) from plans), up_to, edition) as signature
      from search_state`);
  }

  /**
   * Returns the words in the last whole feed of each connector that had no term when it was read. Includes words that have got a term
   * since: see `termsToDecide`. Only connectors with issues set aside have `issues`.
   */
  async lastUnmapped(): Promise<LastUnmapped[]> {
    return this.store.rows<LastUnmapped>(sql`
      select connectors.id as connector, last.words as "unmappedTerms", last.issues from connectors cross join lateral (
        select shown."unmappedTerms" as words, case when connectors.id in (select set_asides.connector from set_asides)
          then jsonb_path_query_array(shown.issues, '$[*] ? (@.code == "unmapped-term")') else '[]' end as issues
        from runs cross join lateral jsonb_to_record(runs.report) as shown (counts jsonb, "unmappedTerms" jsonb, issues jsonb)
        where runs.connector = connectors.id and not options ? 'limit' and not options ? 'trial'
          and outcome in ('applied', 'applied-with-rejects', 'unchanged', 'planned', 'held') and (shown.counts ->> 'received')::int > 0
        order by started_at desc, token desc limit 1
      ) last
      where last.words <> '[]' order by connectors.id`);
  }

  /** Counts a connector's aids by standing. */
  async aidCounts(connector: string): Promise<Partial<Record<SearchStanding, number>>> {
    const counts = await this.store.map<SearchStanding, number>(
      sql`select standing, count(*)::int as count from aid_search where connector = ${connector} group by standing`,
    );
    return Object.fromEntries(counts);
  }

  /** Returns the number of runs that ended as `abandoned` after an instant. */
  async abandonedSince(since: Date): Promise<number> {
    return this.store.value<number>(sql`
      select count(*)::int as count from runs where state = 'ended' and outcome = 'abandoned' and ended_at > ${since.toISOString()}::timestamptz`);
  }

  /** Returns the size of the whole database, with indexes and the queue if it is there. */
  async databaseBytes(): Promise<number> {
    return this.store.value<number>(sql`select pg_database_size(current_database())::float8 as bytes`);
  }

  /**
   * Returns the time since which the oldest due run is queued, if it is due and no worker is active for `patienceSeconds`. Otherwise
   * returns null. Uses the database's clock.
   */
  async standstill(patienceSeconds: number): Promise<Date | null> {
    const since = await this.store.value<string | null>(sql`
      select ${isoInstant(sql`min(greatest(asked_at, not_before))`)} as since from runs
      where state = 'queued' and greatest(asked_at, not_before) < clock_timestamp() - make_interval(secs => ${patienceSeconds})
        and not exists (select from pauses where pauses.connector = '*' or (pauses.connector = runs.connector and runs.asked_by = 'schedule'))
        and not exists (select from runs going where going.state = 'running' and going.heard_at > clock_timestamp() - make_interval(secs => ${patienceSeconds}))`);
    return since === null ? null : new Date(since);
  }

  /** Lists runs, newest first. */
  async runs(filter: RunListFilter, { limit, offset }: { readonly limit: number; readonly offset: number }): Promise<ListedRun[]> {
    // A report of 20 kB is decoded once for all its displayed values.
    const select = sql`
      select id as "runId", connector, state, outcome, ${runAftermath} as since, asked_by as "askedBy", started_at::text as "startedAt", shown."durationMs",
        counts.received, counts.rejected, counts.created, counts.updated, counts.withdrawn, jsonb_array_length(shown.warnings) as warnings,
        jsonb_array_length(jsonb_path_query_array(shown.issues, ${repairPath}::jsonpath)) as repairs
      from (select * from runs where ${filterCondition(filter)} order by started_at desc, token desc limit ${limit} offset ${offset}) runs
        left join lateral jsonb_to_record(runs.report) as shown ("durationMs" float8, counts jsonb, warnings jsonb, issues jsonb) on true
        left join lateral jsonb_to_record(shown.counts) as counts (received int, rejected int, created int, updated int, withdrawn int) on true
      order by runs.started_at desc, token desc`;
    return this.store.datedRows<ListedRun>(["startedAt"], select);
  }

  /** Returns what happened to a run after it ended, or null if nothing did. */
  async aftermath(runId: string): Promise<RunAftermath | null> {
    return this.store.findValue<RunAftermath | null>(sql`select ${runAftermath} as since from runs where id = ${runId}::uuid`);
  }

  async countRuns(filter: RunListFilter): Promise<number> {
    return this.store.value<number>(sql`select count(*)::int as count from runs where ${filterCondition(filter)}`);
  }
}

function filterCondition({ connector, state, from, to }: RunListFilter): SQL {
  return allOf([
    connector !== undefined && sql`connector = ${connector}`,
    state === undefined ? sql`true` : state === "queued" || state === "running" ? sql`state = ${state}` : sql`outcome = ${state}`,
    from !== undefined && sql`started_at >= ${from}::timestamp at time zone 'Europe/Paris'`,
    to !== undefined && sql`started_at < (${to}::date + 1)::timestamp at time zone 'Europe/Paris'`,
  ]);
}
