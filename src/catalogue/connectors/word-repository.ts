import { type SQL, sql } from "drizzle-orm";
import type { GuardFinding } from "../../model/plan/guard.ts";
import type { VersionTerms } from "../../model/run/connector-version.ts";
import type { Outcome } from "../../model/run/run-error.ts";
import type { RunReport } from "../../model/run/run-report.ts";
import { storableJson } from "../../model/text/storable.ts";
import { isoInstant, type Store } from "../store.ts";

/** Value of `closed_by` if a run closed its own plan. A trial's run does so when its plan has no changes. */
const bySelf = "run";

/** A trial of decisions on words of a connector's publisher. A kept trial is listed while its plan is open. */
export interface WordTrial {
  readonly connector: string;
  /** Number of the trial: see `ConnectorVersionRepository.trial`. */
  readonly number: number;
  readonly by: string;
  /** Id of the person, because names are not unique. Null for trials that did not record it. */
  readonly person: string | null;
  /** ISO instant. */
  readonly at: string;
  readonly why: string;
  readonly terms: VersionTerms;
  /** The decisions before the trial. */
  readonly before: VersionTerms;
  /** `after`: the version that the trial is based on. `newest`: the current version. 0 if there is no version. */
  readonly after: number;
  readonly newest: number;
  /** The trial became a version. */
  readonly isKept: boolean;
  readonly runId: string;
  readonly state: "queued" | "running" | "ended";
  readonly outcome: Outcome | null;
  readonly counts: RunReport["counts"] | null;
  readonly planId: string | null;
  readonly guards: readonly GuardFinding[];
}

/** An aid that has a word, with its displayed title. */
export interface WordExample {
  readonly aidId: string;
  readonly connector: string;
  readonly title: string;
}

/** Publishers' words that wait for a decision. The words themselves are in run reports: see `OverviewRepository.lastUnmapped`. */
export class WordRepository {
  constructor(private readonly store: Store) {}

  /**
   * Lists trials that change only decisions on words, of one connector or all, newest first: open trials, and kept trials whose plan is
   * still open.
   */
  async trials(connector?: string): Promise<WordTrial[]> {
    return this.store.rows<WordTrial>(sql`
      with trial as (
        select trial.*, run.id as run_id, run.state, run.outcome, run.report -> 'counts' as counts, (run.options ->> 'after')::int as after, run.options ->> 'person' as person,
          (run.report ->> 'planId')::uuid as plan_id
        from connector_versions trial cross join lateral (
          select * from runs where runs.connector = trial.connector and runs.options ->> 'trial' = (-trial.version)::text and runs.started_at >= trial.at
          order by started_at desc limit 1
        ) run
        where trial.version < 0 and ${connector === undefined ? sql`true` : sql`trial.connector = ${connector}`}
      ), known as (
        select trial.*, coalesce(base.terms, '{}') as before, coalesce(newest.version, 0) as newest, plans.state as plan_state, plans.closed_by,
          coalesce(plans.guards, '[]') as guards,
          coalesce(kept.terms = trial.terms and kept.why = trial.why and kept.changes = trial.changes, false) as is_kept,
          trial.changes = coalesce(base.changes, '{}') and trial.definition is not distinct from base.definition
            and trial.terms <> coalesce(base.terms, '{}') as is_of_words
        from trial
        left join connector_versions base on base.connector = trial.connector and base.version = trial.after and trial.after > 0
        left join connector_versions kept on kept.connector = trial.connector and kept.version = trial.after + 1
        left join plans on plans.id = trial.plan_id
        left join lateral (
          select max(version) as version from connector_versions counts where counts.connector = trial.connector and counts.version > 0
        ) newest on true
      )
      select connector, -version as number, by, person, ${isoInstant(sql`at`)} as at, why, terms, before, after, newest, is_kept as "isKept", run_id as "runId", state,
        outcome, counts, plan_id as "planId", guards
      from known
      where is_of_words and outcome is distinct from 'cancelled' and not (coalesce(plan_state, '') = 'discarded' and closed_by <> ${bySelf})
        and (not is_kept or plan_state in ('open', 'part-applied'))
      order by known.at desc, connector, version`);
  }

  /** Deletes a trial. */
  async forgetTrial(connector: string, number: number): Promise<void> {
    if (number > 0) await this.store.rows(sql`delete from connector_versions where connector = ${connector} and version = ${-number}`);
  }

  /**
   * Returns the title and the beginning of the description, without markup, of some current aids of a connector: up to `limit` aids whose
   * record contained the unmapped `term`, and up to `limit` other aids.
   */
  async texts(
    connector: string,
    [vocabulary, term]: readonly [string, string],
    limit: number,
  ): Promise<{ readonly withTerm: readonly string[]; readonly others: readonly string[] }> {
    const has = sql`memo -> 'unmapped' @> ${storableJson([[vocabulary, term]])}::jsonb`;
    const texts = (condition: SQL) =>
      this.store.values<string>(sql`
        select concat(imported ->> 'name', '. ', left(regexp_replace(imported ->> 'description', '<[^>]*>', ' ', 'g'), 800)) as text
        from aids_with_source where connector = ${connector} and withdrawn_at is null and ${condition} order by external_id limit ${limit}`);
    return { withTerm: await texts(has), others: await texts(sql`not coalesce(${has}, false)`) };
  }

  /** Returns, for each connector, up to `limit` current aids whose record contains the unmapped `term`. */
  async examples(
    vocabulary: string,
    uses: readonly { readonly connector: string; readonly term: string }[],
    limit: number,
  ): Promise<WordExample[]> {
    const wanted = uses.map(({ connector, term }) => ({ connector, pair: [[vocabulary, term]] }));
    return this.store.rows<WordExample>(sql`
      select found.aid_id as "aidId", wanted.connector, found.title from jsonb_to_recordset(${storableJson(wanted)}::jsonb) as wanted (connector text, pair jsonb)
      cross join lateral (
        select aid_id, coalesce(edits -> 'name' ->> 'value', kept ->> 'name', imported ->> 'name', external_id) as title from aids_with_source aids
        where aids.connector = wanted.connector and withdrawn_at is null and memo -> 'unmapped' @> wanted.pair limit ${limit}
      ) found`);
  }
}
