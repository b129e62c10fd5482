import { type SQL, sql } from "drizzle-orm";
import type { Outcome } from "../../model/run/run-error.ts";
import type { Store } from "../store.ts";
import { type RunAftermath, runAftermath } from "./run-aftermath.ts";

/** A run as a list shows it. Numbers are null where it has no report. */
export interface ListedRun {
  readonly runId: string;
  readonly connector: string;
  readonly state: "queued" | "running" | "ended";
  readonly outcome: Outcome | null;
  readonly since: RunAftermath | null;
  readonly askedBy: string | null;
  readonly startedAt: Date;
  readonly durationMs: number | null;
  readonly received: number | null;
  readonly rejected: number | null;
  readonly created: number | null;
  readonly updated: number | null;
  readonly withdrawn: number | null;
}

/** Which runs. `standing`: an outcome, `queued` or `running`; `from`, `to`: days in Paris, both counted. */
export interface RunListFilter {
  readonly connector?: string;
  readonly standing?: string;
  readonly from?: string;
  readonly to?: string;
}

/** Runs as lists show them, without the whole of their reports. */
export class RunListRepository {
  constructor(private readonly store: Store) {}

  /** Newest first. */
  async list(filter: RunListFilter, { limit, offset }: { readonly limit: number; readonly offset: number }): Promise<ListedRun[]> {
    // A report of 20 kB is opened once for all that is shown of it.
    const rows = await this.store.rows<Omit<ListedRun, "startedAt"> & { startedAt: string }>(sql`
      select id as "runId", connector, state, outcome, ${runAftermath} as since, asked_by as "askedBy", started_at::text as "startedAt", shown."durationMs",
        counts.received, counts.rejected, counts.created, counts.updated, counts.withdrawn
      from (select * from runs where ${matches(filter)} order by started_at desc, token desc limit ${limit} offset ${offset}) runs
        left join lateral jsonb_to_record(runs.report) as shown ("durationMs" float8, counts jsonb) on true
        left join lateral jsonb_to_record(shown.counts) as counts (received int, rejected int, created int, updated int, withdrawn int) on true
      order by runs.started_at desc, token desc`);
    return rows.map((row) => ({ ...row, startedAt: new Date(row.startedAt) }));
  }

  /** What came of a run since; null where its outcome still says all. */
  async aftermath(runId: string): Promise<RunAftermath | null> {
    const [run] = await this.store.rows<{ since: RunAftermath | null }>(
      sql`select ${runAftermath} as since from runs where id = ${runId}::uuid`,
    );
    return run?.since ?? null;
  }

  async count(filter: RunListFilter): Promise<number> {
    return (await this.store.row<{ count: number }>(sql`select count(*)::int as count from runs where ${matches(filter)}`)).count;
  }
}

function matches({ connector, standing, from, to }: RunListFilter): SQL {
  const conditions = [
    connector === undefined ? sql`true` : sql`connector = ${connector}`,
    standing === undefined
      ? sql`true`
      : standing === "queued" || standing === "running"
        ? sql`state = ${standing}`
        : sql`outcome = ${standing}`,
    from === undefined ? sql`true` : sql`started_at >= ${from}::timestamp at time zone 'Europe/Paris'`,
    to === undefined ? sql`true` : sql`started_at < (${to}::date + 1)::timestamp at time zone 'Europe/Paris'`,
  ];
  return sql.join(conditions, sql` and `);
}
