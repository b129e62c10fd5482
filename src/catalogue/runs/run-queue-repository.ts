import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { ConnectorRepository } from "../connectors/connector-repository.ts";
import { storableJson } from "../storable-json.ts";
import type { Store } from "../store.ts";
import { requeue, requeueLostRuns } from "./requeue.ts";
import { ScheduleRepository } from "./schedule-repository.ts";
import type { RunClaim } from "./staging-repository.ts";
import { findWaitReason, postpone, type WaitReason } from "./why-wait.ts";

/** A run that is asked for. */
export interface RunRequest {
  readonly connector: string;
  /** How it is to be done: what `runIngestion` takes, as JSON. */
  readonly options: Readonly<Record<string, unknown>>;
  /** A person's name, or `schedule`. */
  readonly by: string;
  readonly now: Date;
}

/** What became of an ask. */
export interface RequestedRun {
  readonly runId: string;
  /** False where one like it was already waiting: that one's id is given. */
  readonly isNew: boolean;
  /** A run of the connector that is going on: this one comes behind it. */
  readonly behind: string | null;
}

/** Who wants to do a queued run, and on which terms. */
export interface ClaimRequest {
  readonly worker: string;
  /** A run whose worker was not heard of for so long is nobody's any more. */
  readonly leaseSeconds: number;
  /** How often a run is tried, whatever went wrong with it. */
  readonly maxTries: number;
  /** The host that it will fetch from; null where it fetches nothing. */
  readonly host: string | null;
  readonly now: Date;
}

/** What came of claiming a run. `over`: it has ended; `going-on`: a worker does it, heard of so many seconds ago. */
export type Claim =
  | { readonly kind: "claimed"; readonly token: number; readonly run: QueuedRun }
  | { readonly kind: "wait"; readonly reason: WaitReason; readonly seconds: number | null }
  | { readonly kind: "going-on"; readonly heardSecondsAgo: number }
  | { readonly kind: "over" };

/** A run that waits, or that is going on. */
export interface QueuedRun {
  readonly runId: string;
  readonly connector: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly askedBy: string;
  readonly try: number;
}

/** What a worker hears when it says that it goes on. */
export type HeartbeatReply = "go-on" | "displaced" | { readonly cancelledBy: string };

/** Where a run stands: stage, and what was done of how much. */
export interface RunProgress {
  readonly stage: string;
  readonly done: number;
  readonly of: number | null;
}

/**
 * Runs that wait for their turn and who does them. The queue carries ids; what is asked for, and whose turn it is, stands here, so that a queue that loses
 * everything loses nothing. All times are the database's: the clocks of workers may differ, or jump.
 */
export class RunQueueRepository {
  /** `beats`: a connection of its own, so that a worker that is busy writing is still heard of. */
  constructor(
    private readonly store: Store,
    private readonly beats: Store = store,
  ) {}

  /**
   * Asks for a run. One that waits already and was asked for in the same way serves both: a connector's runs never pile up. A person does not wait for the
   * pause before another try.
   */
  async request(ask: RunRequest): Promise<RequestedRun> {
    const runId = randomUUID();
    const { queued } = await this.store.row<{ queued: string }>(sql`
      insert into runs (id, connector, token, state, started_at, asked_at, asked_by, mapping_fingerprint, options, staging)
      values (${runId}::uuid, ${ask.connector}, 0, 'queued', ${ask.now.toISOString()}::timestamptz, ${ask.now.toISOString()}::timestamptz, ${ask.by}, '',
        ${storableJson(ask.options)}::jsonb, false)
      on conflict (connector, (options::text)) where state = 'queued' do update
        set asked_by = case when runs.asked_by = 'schedule' then excluded.asked_by else runs.asked_by end,
          not_before = case when excluded.asked_by = 'schedule' then runs.not_before end
      returning id as queued`);
    const [going] = await this.store.rows<{ id: string }>(
      sql`select id from runs where connector = ${ask.connector} and state = 'running' order by token desc limit 1`,
    );
    return { runId: queued, isNew: queued === runId, behind: going?.id ?? null };
  }

  /**
   * Asks for a run whose time has come, once for each `due`: of many workers that see it, one does, and it neither asks without taking note nor takes note
   * without asking. Null where it was seen to.
   */
  async requestDue(ask: RunRequest, due: Date): Promise<RequestedRun | null> {
    return this.store.transaction(async (transaction) => {
      const isFirst = await new ScheduleRepository(transaction).claim(ask.connector, due);
      return isFirst ? new RunQueueRepository(transaction).request(ask) : null;
    });
  }

  /**
   * How the night before `end` went, as far as the schedule is concerned: `empty` where it asked for nothing that ended, `going-on` while something waits or
   * is being done.
   */
  async scheduledNight(end: Date): Promise<"empty" | "going-on" | "over"> {
    const { ended, open } = await this.store.row<{ ended: number; open: number }>(sql`
      select count(*) filter (where state = 'ended' and outcome not in ('cancelled', 'abandoned'))::int as ended, count(*) filter (where state <> 'ended')::int as open
      from runs where asked_by = 'schedule' and asked_at > ${end.toISOString()}::timestamptz - interval '12 hours' and asked_at <= ${end.toISOString()}::timestamptz`);
    if (open > 0) return "going-on";
    return ended > 0 ? "over" : "empty";
  }

  /**
   * Gives a queued run to a worker, where its turn has come: nothing is paused, no other run of the connector goes on, nobody fetches from the host. Runs of
   * the connector that nobody was heard of are abandoned by it, and tried again after it.
   */
  async claim(runId: string, ask: ClaimRequest): Promise<Claim> {
    return this.store.transaction(async (transaction) => {
      const [run] = await transaction.rows<QueuedRun & { state: string; heard: number | null; early: number | null }>(sql`
        select id as "runId", connector, options, coalesce(asked_by, '?') as "askedBy", try, state,
          extract(epoch from clock_timestamp() - heard_at)::float8 as heard, extract(epoch from not_before - clock_timestamp())::float8 as early
        from runs where id = ${runId}::uuid`);
      if (run === undefined) return { kind: "over" };
      // The connector's row, then the host's, always in this order: claims wait for each other, and never in a circle.
      await transaction.rows(sql`insert into connectors (id, fence) values (${run.connector}, 0) on conflict do nothing`);
      await transaction.rows(sql`select 1 from connectors where id = ${run.connector} for update`);
      const { state } = await transaction.row<{ state: string }>(sql`select state from runs where id = ${runId}::uuid for update`);
      if (state === "ended") return { kind: "over" };
      if (state === "running") return { kind: "going-on", heardSecondsAgo: run.heard ?? Number.POSITIVE_INFINITY };
      const wait = await findWaitReason(transaction, run, ask);
      if (wait !== null) {
        if (wait.reason === "host-resting") await postpone(transaction, runId, wait.seconds ?? 0);
        return { kind: "wait", ...wait };
      }
      await requeueLostRuns(transaction, run.connector, ask);
      const token = await new ConnectorRepository(transaction).takeToken(run.connector, ask.now);
      await transaction.rows(sql`
        update runs set state = 'running', token = ${token}, staging = true, worker = ${ask.worker}, heard_at = clock_timestamp(),
          fetching_from = ${ask.host}, started_at = ${ask.now.toISOString()}::timestamptz
        where id = ${runId}::uuid`);
      const { runId: id, connector, options, askedBy, try: tried } = run;
      return { kind: "claimed", token, run: { runId: id, connector, options, askedBy, try: tried } };
    });
  }

  /** Says that a run goes on, and how far it is; hears whether it is to go on. */
  async heartbeat(claim: RunClaim, progress: RunProgress | null): Promise<HeartbeatReply> {
    const [run] = await this.beats.rows<{ cancelledBy: string | null }>(sql`
      update runs set heard_at = clock_timestamp(), progress = coalesce(${progress === null ? null : storableJson(progress)}::jsonb, progress)
      where id = ${claim.runId}::uuid and token = ${claim.token} and state = 'running' returning cancel_asked_by as "cancelledBy"`);
    if (run === undefined) return "displaced";
    return run.cancelledBy === null ? "go-on" : { cancelledBy: run.cancelledBy };
  }

  /** The worker has its feed: others may ask the host. */
  async releaseHost(claim: RunClaim): Promise<void> {
    await this.store.rows(sql`update runs set fetching_from = null where id = ${claim.runId}::uuid and token = ${claim.token}`);
  }

  /**
   * Ends a run whose worker was not heard of for `leaseSeconds` as `abandoned`, and puts another try of it in the queue, unless it was tried `maxTries`
   * times. Whatever that worker still writes fails. Gives the new try's id; null where there is none, or where the run goes on or has ended.
   */
  async abandon(
    runId: string,
    limits: { readonly leaseSeconds: number; readonly maxTries: number; readonly now: Date },
  ): Promise<string | null> {
    await this.cutOff(runId, limits.leaseSeconds);
    return this.store.transaction(async (transaction) => {
      const [found] = await transaction.rows<{ connector: string }>(sql`
        select connectors.id as connector from connectors join runs on runs.connector = connectors.id where runs.id = ${runId}::uuid for update of connectors`);
      const [run] = await transaction.rows<{ try: number; cancelledBy: string | null; askedBy: string | null }>(sql`
        select try, cancel_asked_by as "cancelledBy", asked_by as "askedBy" from runs where id = ${runId}::uuid and state = 'running'
          and coalesce(heard_at < clock_timestamp() - make_interval(secs => ${limits.leaseSeconds}), true) for update`);
      if (found === undefined || run === undefined) return null;
      await new ConnectorRepository(transaction).takeToken(found.connector, limits.now);
      // Whoever runs something without the queue sees it end, and knows whether to do it again.
      if (run.askedBy === null || run.cancelledBy !== null || run.try >= limits.maxTries) return null;
      return requeue(transaction, { runId, now: limits.now, afterSeconds: 0, countsAsTry: true });
    });
  }

  /**
   * Ends the connections of a worker that is silent: a machine that stands still keeps what its transactions have locked, and everybody would wait for it. What
   * it had begun to write is rolled back; if it comes back, it finds out.
   */
  private async cutOff(runId: string, leaseSeconds: number): Promise<void> {
    await this.store.rows(sql`
      select pg_terminate_backend(activity.pid) from runs join pg_stat_activity activity on activity.application_name = ${connectionsPrefix} || right(runs.worker, 8)
      where runs.id = ${runId}::uuid and runs.state = 'running' and activity.datname = current_database() and activity.pid <> pg_backend_pid()
        and runs.heard_at < clock_timestamp() - make_interval(secs => ${leaseSeconds})`);
  }

  /** Runs that go on whose worker was not heard of for so long. */
  async stalled(leaseSeconds: number): Promise<string[]> {
    const found = await this.store.rows<{ id: string }>(sql`
      select id from runs where state = 'running' and coalesce(heard_at < clock_timestamp() - make_interval(secs => ${leaseSeconds}), true)`);
    return found.map(({ id }) => id);
  }

  /** Runs that wait, oldest first; `seconds`: until when they are to be left alone. */
  async waiting(connector?: string): Promise<(QueuedRun & { readonly seconds: number })[]> {
    return this.store.rows(sql`
      select id as "runId", connector, options, coalesce(asked_by, '?') as "askedBy", try,
        greatest(0, coalesce(extract(epoch from not_before - clock_timestamp()), 0))::float8 as seconds
      from runs where state = 'queued' and (${connector ?? null}::text is null or connector = ${connector ?? null}) order by asked_at, id`);
  }

  /** The run of a connector that goes on, if any, with who does it and how many seconds ago that worker was heard of. */
  async running(connector: string): Promise<{ runId: string; worker: string | null; heardSecondsAgo: number; startedAt: Date } | null> {
    const [run] = await this.store.rows<{ runId: string; worker: string | null; heard: number | null; startedAt: string }>(sql`
      select id as "runId", worker, extract(epoch from clock_timestamp() - heard_at)::float8 as heard, started_at::text as "startedAt"
      from runs where connector = ${connector} and state = 'running' order by token desc limit 1`);
    if (run === undefined) return null;
    const { runId, worker, heard, startedAt } = run;
    return { runId, worker, heardSecondsAgo: heard ?? Number.POSITIVE_INFINITY, startedAt: new Date(startedAt) };
  }

  /**
   * Cancels a run: one that waits ends at once, one that goes on is told at its next beat. Gives what it was; null where it has ended; `applying`: it has said
   * that it writes its plan, and stops only where that fails.
   */
  async cancel(runId: string, by: string, now: Date): Promise<"queued" | "running" | "applying" | null> {
    const [run] = await this.store.rows<{ was: "queued" | "running" | "applying" }>(sql`
      with found as (select id, state from runs where id = ${runId}::uuid and state <> 'ended' for update)
      update runs set cancel_asked_by = ${by}, state = case when found.state = 'queued' then 'ended' else runs.state end,
        outcome = case when found.state = 'queued' then 'cancelled' else runs.outcome end,
        ended_at = case when found.state = 'queued' then ${now.toISOString()}::timestamptz else runs.ended_at end
      from found where runs.id = found.id
      returning case when found.state = 'running' and runs.progress ->> 'stage' = 'apply' then 'applying' else found.state end as was`);
    return run?.was ?? null;
  }
}

const connectionsPrefix = "moisson ";

/** How the connections of a worker (`<host>:<pid>:<birth>`) are named on the server, so that they can be cut off: `moisson <birth>`. */
export function applicationNameOf(worker: string): string {
  return connectionsPrefix + worker.slice(-8);
}
