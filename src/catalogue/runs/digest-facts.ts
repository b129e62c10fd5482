import { type SQL, sql } from "drizzle-orm";
import type { BadRun, HeldPlan, NightTotals, RequestedPlan } from "../../model/run/digest.ts";
import { repairCodes } from "../../model/run/run-attention.ts";
import { goodOutcomes, type Outcome } from "../../model/run/run-error.ts";
import type { RunReport } from "../../model/run/run-report.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { storableJson } from "../../model/text/storable.ts";
import { queueCondition } from "../aids/review-queue-repository.ts";
import { isoInstant, type Store } from "../store.ts";

/** The time after `since`, up to and including `until`. */
export interface Period {
  readonly since: Date;
  readonly until: Date;
}

/** The last run of a connector in a period. `nights`: consecutive nights without a successful run, including this one. */
export interface LastRun extends Pick<BadRun, "connector" | "runId" | "endedAt" | "tries" | "nights" | "nextTryAt"> {
  readonly outcome: Outcome;
  readonly error: RunReport["error"];
  /** See `BadRun`. */
  readonly relaunch: NonNullable<BadRun["relaunch"]> | null;
}

/** The last feed of a connector in a period that was read to its end. `repairs`: see `repairCodes`. */
export interface LastFeed {
  readonly connector: string;
  readonly runId: string;
  readonly outcome: Outcome;
  readonly warnings: RunReport["warnings"];
  readonly repairs: RunReport["issues"];
  readonly received: number;
  readonly rejected: number;
}

/** A run's plan that a guard holds, and that nobody has applied or discarded yet. */
export type WaitingPlan = Omit<HeldPlan, "publisher" | "nights">;

/** When a run was requested, started and ended, in milliseconds. Null while it has not ended. */
export interface RunSpan {
  readonly connector: string;
  readonly state: "queued" | "running" | "ended";
  readonly outcome: Outcome | null;
  readonly askedAt: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** Open work for curators, by connector. `created…`: within the period. */
export interface CuratorWork {
  readonly connector: string;
  readonly inReview: number;
  readonly createdInReview: number;
  readonly proposedAids: number;
  readonly proposedFields: number;
  readonly createdProposals: number;
  /** Aids whose sources contradict each other. */
  readonly contradicted: number;
}

/** JSON path of the repairs among the issues of a report. */
export const repairPath = `$[*] ? (${repairCodes.map((code) => `@.code == "${code}"`).join(" || ")})`;

const notDry = sql`not (coalesce(runs.options ->> 'dryRun', '') = 'true' or runs.options ? 'limit')`;
const endedWell = (outcome: SQL) => sql`${outcome} in (select jsonb_array_elements_text(${storableJson([...goodOutcomes])}::jsonb))`;
const good = sql`(${endedWell(sql`runs.outcome`)} or runs.applied_at is not null)`;
const triedAgain = sql`exists (select from runs again where again.tries_again = runs.id)`;

function at(instant: Date): SQL {
  return sql`${instant.toISOString()}::timestamptz`;
}

function endedIn({ since, until }: Period): SQL {
  return sql`runs.state = 'ended' and runs.ended_at > ${at(since)} and runs.ended_at <= ${at(until)} and ${notDry}`;
}

/** Reads facts for the digest, over all connectors. Reads only parts of the reports. */
export class DigestFacts {
  constructor(protected readonly store: Store) {}

  /**
   * Returns the last run of each connector that ended in the period, by connector. Ignores dry and cancelled runs, and abandoned runs that
   * were retried.
   */
  async lastRuns(period: Period): Promise<LastRun[]> {
    return this.store.rows<LastRun>(sql`
      with last as (
        select distinct on (connector) runs.* from runs
        where ${endedIn(period)} and outcome <> 'cancelled' and not (outcome = 'abandoned' and (${triedAgain} or exists (
          select from runs newer where newer.connector = runs.connector and newer.token > runs.token and newer.state = 'running')))
        order by connector, token desc, ended_at desc
      )
      select last.connector, last.id as "runId", last.outcome, ${isoInstant(sql`last.ended_at`)} as "endedAt", 
        case when ${endedWell(sql`last.outcome`)} then null else last.report -> 'error' end as error,
        last.try as tries, lasting.nights,
        case when last.asked_by <> 'schedule' then jsonb_build_object('by', last.asked_by, 'at', ${isoInstant(sql`last.started_at`)}, 'isRepeated', lasting.runs > 1) end as relaunch,
        ${isoInstant(sql`coalesce(again.not_before, again.started_at)`)} as "nextTryAt"
      from last cross join lateral (
        select count(distinct (runs.ended_at at time zone 'Europe/Paris')::date)::int as nights, count(*)::int as runs from runs
        where not (${endedWell(sql`last.outcome`)}) and runs.connector = last.connector and runs.token <= last.token
          and ${notDry} and runs.outcome <> 'cancelled'
          and runs.token > coalesce((select max(token) from runs where runs.connector = last.connector and ${notDry} and ${good}), 0)
      ) lasting left join runs again on again.tries_again = last.id and again.state <> 'ended'
      order by last.connector`);
  }

  /** Returns the last feed of each connector that was read to its end in the period. */
  async lastFeeds(period: Period): Promise<LastFeed[]> {
    // Each report is decoded once.
    return this.store.rows<LastFeed>(sql`
      select distinct on (connector) connector, id as "runId", outcome, counts.received, counts.rejected,
        coalesce(shown.warnings, '[]') as warnings, coalesce(jsonb_path_query_array(shown.issues, ${repairPath}::jsonpath), '[]') as repairs
      from runs cross join lateral jsonb_to_record(runs.report) as shown (counts jsonb, warnings jsonb, issues jsonb)
        cross join lateral jsonb_to_record(shown.counts) as counts (received int, rejected int)
      where ${endedIn(period)} and (${good} or outcome = 'held') and counts.received > 0 and not options ? 'trial'
      order by connector, token desc`);
  }

  /** Returns the newest plan of each connector that guards hold, by connector. */
  async waitingPlans(): Promise<WaitingPlan[]> {
    return this.store.rows<WaitingPlan>(sql`
      select distinct on (connector) connector, id as "planId", run_id as "runId", ${isoInstant(sql`created_at`)} as "heldAt", guards from plans
      where origin = 'run' and state in ('open', 'part-applied') and complete and guards <> '[]' and run_id is not null and connector is not null
        and exists (select from runs where runs.id = plans.run_id and ${notDry})
      order by connector, created_at desc`);
  }

  /** Returns the open plans that colleagues asked ops to apply, oldest request first. Workers apply those of publishers. */
  async requestedPlans(): Promise<Omit<RequestedPlan, "publisher">[]> {
    return this.store.rows(sql`
      select connector, id as "planId", apply_request as request from plans
      where state in ('open', 'part-applied') and apply_request is not null and connector is not null and origin <> 'publisher' order by apply_request ->> 'at', id`);
  }

  /** Returns the runs that are queued, are running or ended since an instant, without dry runs. */
  async runSpans(since: Date): Promise<RunSpan[]> {
    const ms = (instant: SQL) => sql`(extract(epoch from ${instant}) * 1000)::float8`;
    return this.store.rows<RunSpan>(sql`
      select connector, state, outcome, ${ms(sql`coalesce(asked_at, started_at)`)} as "askedAt", ${ms(sql`started_at`)} as "startedAt",
        ${ms(sql`ended_at`)} as "endedAt"
      from runs where (state <> 'ended' or (state = 'ended' and ended_at > ${at(since)})) and ${notDry}`);
  }

  /** Counts aids in review and proposals in the search index: see `SearchRepository.bringIn`. Connectors without either are left out. */
  async curatorWork({ since, until }: Period): Promise<CuratorWork[]> {
    const today = parisDay(until);
    return this.store.rows<CuratorWork>(sql`
      with review as (
        select connector, count(*)::int as count, count(*) filter (where created_at > ${at(since)} and created_at <= ${at(until)})::int as created
        from aid_search where ${queueCondition({ queue: "review", today })} group by connector
      ), proposed as (
        select aid_search.connector, count(*)::int as aids, sum(aid_search.proposals)::int as fields, count(*) filter (where exists (
          select from jsonb_each(aids.proposals) proposal where (proposal.value ->> 'at')::timestamptz > ${at(since)}))::int as created
        from aid_search join aids on aids.aid_id = aid_search.aid_id
        where ${queueCondition({ queue: "proposals", today })} group by aid_search.connector
      ), contradicted as (
        select connector, count(*)::int as count from aids
        where contradictions <> '[]' and withdrawn_at is null and status not in ('deleted', 'merged') group by connector
      )
      select connector, coalesce(review.count, 0) as "inReview", coalesce(review.created, 0) as "createdInReview",
        coalesce(proposed.aids, 0) as "proposedAids", coalesce(proposed.fields, 0) as "proposedFields", coalesce(proposed.created, 0) as "createdProposals",
        coalesce(contradicted.count, 0) as contradicted
      from review full join proposed using (connector) full join contradicted using (connector) order by connector`);
  }

  /** Returns totals over the runs of the period. `created`…: written in the period by plans of runs, even if a person applied them. */
  async totals(period: Period): Promise<NightTotals> {
    const runs = await this.store.rows<{ outcome: Outcome; isRequested: boolean; count: number }>(sql`
      select outcome, coalesce(asked_by <> 'schedule', false) as "isRequested", count(*)::int as count from runs
      where ${endedIn(period)} and not (outcome = 'abandoned' and ${triedAgain}) group by 1, 2`);
    const countsOf = (requested: boolean) =>
      Object.fromEntries(runs.filter(({ isRequested }) => isRequested === requested).map(({ outcome, count }) => [outcome, count]));
    const sum = (name: string) => sql`coalesce(sum((counts ->> ${name})::int), 0)::int`;
    const written = await this.store.row<Omit<NightTotals, "runs" | "requested">>(sql`
      select ${sum("created")} as created, ${sum("linked")} as linked, ${sum("updated")} as updated, ${sum("restored")} as restored, ${sum("withdrawn")} as withdrawn
      from plans where origin = 'run' and state = 'applied' and undone_by is null and applied_at > ${at(period.since)} and applied_at <= ${at(period.until)}`);
    return { runs: countsOf(false), requested: countsOf(true), ...written };
  }
}
