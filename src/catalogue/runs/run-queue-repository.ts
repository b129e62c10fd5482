import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { StageProgress } from "../../model/run/run-report.ts";
import { storableJson } from "../../model/text/storable.ts";
import { isLockTimeout } from "../connection/storage-failure.ts";
import { ConnectorRepository, endLeftOvers } from "../connectors/connector-repository.ts";
import type { Store } from "../store.ts";
import { findObstacles, isAlive, nightHours, postpone, requeue, requeueLostRuns, type WaitReason } from "./queued-runs.ts";
import type { RunClaim } from "./staging-repository.ts";

/** A request for a run. */
export interface RunRequest {
  readonly connector: string;
  /** Options of `runIngestion`, as JSON. */
  readonly options: Readonly<Record<string, unknown>>;
  /** A person's name, or `schedule`. */
  readonly by: string;
  readonly now: Date;
}

/** Result of a request. */
export interface RequestedRun {
  readonly runId: string;
  /** False if an identical run was already queued; its id is returned. */
  readonly isNew: boolean;
  /** The queued run is the retry of a failed one. */
  readonly isRetry: boolean;
  /** The connector's run in progress, which must end first. */
  readonly behind: string | null;
}

/** A worker's claim of a queued run. */
export interface ClaimRequest {
  readonly worker: string;
  /** After this long without a heartbeat, the run counts as lost. */
  readonly leaseSeconds: number;
  /** See `Again`, for the connector's lost runs. */
  readonly pauseSeconds: number;
  /** Host of the feed. Null if nothing is fetched. */
  readonly host: string | null;
  /** See `RunStart`. */
  readonly mappingFingerprint: string;
  readonly now: Date;
}

/** Result of a claim. `over`: the run has ended or does not exist. `going-on`: another worker runs it. */
export type Claim =
  | { readonly kind: "claimed"; readonly token: number; readonly run: QueuedRun }
  | { readonly kind: "wait"; readonly reason: WaitReason; readonly seconds: number | null }
  | { readonly kind: "going-on"; readonly heardSecondsAgo: number }
  | { readonly kind: "over" };

/** A queued or running run. */
export interface QueuedRun {
  readonly runId: string;
  readonly connector: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly askedBy: string;
  readonly try: number;
  /** It runs alone on its worker, because a worker or process was lost during it. */
  readonly alone: boolean;
}

/** Answer to a heartbeat. */
export type HeartbeatReply = "go-on" | "displaced" | { readonly cancelledBy: string };

/** Seconds that a claim or a scheduled request waits for a lock, which others hold for milliseconds unless they are frozen. */
const maxClaimWait = 5;

/**
 * Queued and running runs. The job queue carries only ids; requests and claims are stored here, so a lost queue loses nothing. All times
 * are the database's, because workers' clocks may differ or jump.
 */
export class RunQueueRepository {
  /** `heartbeats`: a separate connection, so that heartbeats of a busy worker get through. */
  constructor(
    private readonly store: Store,
    private readonly heartbeats: Store = store,
  ) {}

  /**
   * Requests a run. If an identical run is already queued, it serves both requests, so that runs never pile up. A person's request also
   * ends the pause before a retry.
   */
  async request(ask: RunRequest): Promise<RequestedRun> {
    const runId = randomUUID();
    const { queued, isRetry } = await this.store.row<{ queued: string; isRetry: boolean }>(sql`
      insert into runs (id, connector, token, state, started_at, asked_at, asked_by, mapping_fingerprint, options, staging)
      values (${runId}::uuid, ${ask.connector}, 0, 'queued', ${ask.now.toISOString()}::timestamptz, ${ask.now.toISOString()}::timestamptz, ${ask.by}, '',
        ${storableJson(ask.options)}::jsonb, false)
      on conflict (connector, (options::text)) where state = 'queued' do update
        set asked_by = case when runs.asked_by = 'schedule' then excluded.asked_by else runs.asked_by end,
          not_before = case when excluded.asked_by = 'schedule' then runs.not_before end
      returning id as queued, tries_again is not null as "isRetry"`);
    const behind = await this.store.findValue<string>(
      sql`select id from runs where connector = ${ask.connector} and state = 'running' order by token desc limit 1`,
    );
    return { runId: queued, isNew: queued === runId, isRetry, behind };
  }

  /**
   * Requests scheduled runs, once per connector and due time, in one statement. Returns the connectors whose time nobody had claimed, with
   * the new run, or null if an identical one was already queued. A time that another worker is claiming is left to it.
   */
  async requestDue(
    dueTimes: ReadonlyMap<string, Date>,
    { by, now }: Pick<RunRequest, "by" | "now">,
  ): Promise<{ readonly connector: string; readonly runId: string | null }[]> {
    const times = [...dueTimes].map(([connector, due]) => ({ connector, due: due.toISOString() }));
    return this.store.transaction(async (transaction) => {
      await transaction.limitLockWaits(maxClaimWait);
      return transaction.rows(sql`
        with free as materialized (
          select name, asked.due from due_times
            join jsonb_to_recordset(${storableJson(times)}::jsonb) as asked (connector text, due timestamptz) on name = asked.connector
          where done_for < asked.due for update of due_times skip locked
        ), claimed as (
          update due_times set done_for = free.due from free where due_times.name = free.name returning due_times.name
        ), queued as (
          insert into runs (id, connector, token, state, started_at, asked_at, asked_by, mapping_fingerprint, options, staging)
          select gen_random_uuid(), name, 0, 'queued', ${now.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz, ${by}, '', '{}', false
          from claimed order by name on conflict do nothing returning id, connector
        ) select claimed.name as connector, queued.id as "runId" from claimed left join queued on queued.connector = claimed.name order by 1`);
    });
  }

  /**
   * Returns the state of the scheduled runs of the night before `end`: `empty` if none ended, `going-on` while some are queued or running.
   */
  async scheduledNight(end: Date): Promise<"empty" | "going-on" | "over"> {
    const { ended, open } = await this.store.row<{ ended: number; open: number }>(sql`
      select count(*) filter (where state = 'ended' and outcome not in ('cancelled', 'abandoned'))::int as ended, count(*) filter (where state <> 'ended')::int as open
      from runs where asked_by = 'schedule' and asked_at > ${end.toISOString()}::timestamptz - make_interval(hours => ${nightHours}) and asked_at <= ${end.toISOString()}::timestamptz`);
    if (open > 0) return "going-on";
    return ended > 0 ? "over" : "empty";
  }

  /**
   * Claims a queued run for a worker, unless the run must wait: see `WaitReason`. Lost runs of the connector are abandoned and requeued.
   */
  async claim(runId: string, ask: ClaimRequest): Promise<Claim> {
    const claimed = this.store.transaction<Claim>(async (transaction) => {
      await transaction.limitLockWaits(maxClaimWait);
      const run = await lockForClaim(transaction, runId, ask.host);
      if (run === null || run.state === "ended") return { kind: "over" };
      const { connector, options, askedBy, try: tried, alone, heard } = run;
      if (run.state === "running") return { kind: "going-on", heardSecondsAgo: heard ?? Number.POSITIVE_INFINITY };
      const { wait, isLeftOver } = await findObstacles(transaction, run, ask);
      if (wait !== null) {
        if (wait.reason === "host-resting") await postpone(transaction, runId, wait.seconds ?? 0);
        if (wait.reason === "host-busy") await transaction.rows(sql`update runs set waits_for = ${ask.host} where id = ${runId}::uuid`);
        return { kind: "wait", ...wait };
      }
      if (isLeftOver) {
        await requeueLostRuns(transaction, connector, ask);
        await endLeftOvers(transaction, connector, ask.now);
      }
      const token = await transaction.value<number>(sql`
        with taken as (update connectors set fence = fence + 1 where id = ${connector} returning fence)
        update runs set state = 'running', token = taken.fence, staging = true, worker = ${ask.worker}, heard_at = clock_timestamp(),
          waits_for = null, fetching_from = ${ask.host}, started_at = ${ask.now.toISOString()}::timestamptz, mapping_fingerprint = ${ask.mappingFingerprint}
        from taken where runs.id = ${runId}::uuid returning token::float8 as token`);
      return { kind: "claimed", token, run: { runId, connector, options, askedBy, try: tried, alone } };
    });
    const claim = await claimed.catch((error: unknown): Claim => {
      if (!isLockTimeout(error)) throw error;
      return { kind: "wait", reason: "locked", seconds: null };
    });
    if (claim.kind !== "wait" || claim.reason !== "host-busy") return claim;
    // If the host became free before the run was stored as waiting for it, nobody wakes the run.
    return (await this.#isFetched(ask)) ? claim : { ...claim, seconds: 0 };
  }

  async #isFetched({ host, leaseSeconds }: ClaimRequest): Promise<boolean> {
    return this.store.any(sql`select from runs where fetching_from = ${host} and ${isAlive(leaseSeconds)}`);
  }

  /** Returns the run that has waited longest for this host, those that people requested first, or null. */
  async nextFor(host: string): Promise<string | null> {
    return this.store.findValue<string>(sql`
      select id from runs where state = 'queued' and waits_for = ${host} order by asked_by = 'schedule', asked_at, id limit 1`);
  }

  /**
   * Tries what every claim needs, and rolls it back: a free connection and the lock of a queued run that nobody else claims at the moment.
   * Throws if a claim would fail.
   */
  async tryClaim(): Promise<void> {
    const undo = new Error("rolled back");
    const tried = this.store.transaction(async (transaction) => {
      await transaction.limitLockWaits(1);
      await transaction.rows(sql`
        select 1 from runs join connectors on connectors.id = runs.connector where state = 'queued'
        order by asked_at limit 1 for update of connectors, runs skip locked`);
      throw undo;
    });
    await tried.catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  }

  /** Records a heartbeat and the progress. Returns whether the run should continue. */
  async heartbeat(claim: RunClaim, progress: StageProgress | null): Promise<HeartbeatReply> {
    const [run] = await this.heartbeats.rows<{ cancelledBy: string | null }>(sql`
      update runs set heard_at = clock_timestamp(), progress = coalesce(${progress === null ? null : storableJson(progress)}::jsonb, progress)
      where id = ${claim.runId}::uuid and token = ${claim.token} and state = 'running' returning cancel_asked_by as "cancelledBy"`);
    if (run === undefined) return "displaced";
    return run.cancelledBy === null ? "go-on" : { cancelledBy: run.cancelledBy };
  }

  /**
   * Ends a run that had no heartbeat for `leaseSeconds` as `abandoned`, and requeues it as lost (see `requeue`). Further
   * writes of its worker fail. Returns the id of the new run, or null if the run was not requeued.
   */
  async abandon(
    runId: string,
    limits: { readonly leaseSeconds: number; readonly pauseSeconds: number; readonly now: Date },
  ): Promise<string | null> {
    await this.cutOff(runId, limits.leaseSeconds);
    return this.store.transaction(async (transaction) => {
      const [found] = await transaction.rows<{ connector: string }>(sql`
        select connectors.id as connector from connectors join runs on runs.connector = connectors.id where runs.id = ${runId}::uuid for update of connectors`);
      const [run] = await transaction.rows<{ cancelledBy: string | null; askedBy: string | null }>(sql`
        select cancel_asked_by as "cancelledBy", asked_by as "askedBy" from runs where id = ${runId}::uuid and state = 'running'
          and coalesce(heard_at < clock_timestamp() - make_interval(secs => ${limits.leaseSeconds}), true) for update`);
      if (found === undefined || run === undefined) return null;
      await new ConnectorRepository(transaction).takeToken(found.connector, limits.now);
      // A run outside the queue is not requeued: the person who started it sees that it stopped.
      if (run.askedBy === null || run.cancelledBy !== null) return null;
      return requeue(transaction, { runId, now: limits.now, because: "lost", afterSeconds: limits.pauseSeconds });
    });
  }

  /**
   * Closes the connections of a worker without heartbeat. A suspended machine would keep its locks and block everybody. The worker's open
   * transaction is rolled back, and its later writes fail.
   */
  private async cutOff(runId: string, leaseSeconds: number): Promise<void> {
    await this.store.rows(sql`
      select pg_terminate_backend(activity.pid) from runs join pg_stat_activity activity on activity.application_name = ${connectionsPrefix} || right(runs.worker, 8)
      where runs.id = ${runId}::uuid and runs.state = 'running' and activity.datname = current_database() and activity.pid <> pg_backend_pid()
        and runs.heard_at < clock_timestamp() - make_interval(secs => ${leaseSeconds})`);
  }

  /** Returns running runs without a heartbeat for this long. */
  async stalled(leaseSeconds: number): Promise<string[]> {
    return this.store.values<string>(sql`
      select id from runs where state = 'running' and coalesce(heard_at < clock_timestamp() - make_interval(secs => ${leaseSeconds}), true)`);
  }

  /** Returns the queued runs that wait for a host from which another run fetches its feed. */
  async waitingForHosts(leaseSeconds: number): Promise<string[]> {
    return this.store.values<string>(sql`
      select id from runs queued where state = 'queued' and waits_for is not null and exists (
        select from runs where runs.fetching_from = queued.waits_for and ${isAlive(leaseSeconds)})`);
  }

  /** Lists queued runs, oldest first. `seconds`: time until they may start. */
  async waiting(connector?: string): Promise<(QueuedRun & { readonly seconds: number })[]> {
    return this.store.rows(sql`
      select id as "runId", connector, options, coalesce(asked_by, '?') as "askedBy", try, alone,
        greatest(0, coalesce(extract(epoch from not_before - clock_timestamp()), 0))::float8 as seconds
      from runs where state = 'queued' and ${connector === undefined ? sql`true` : sql`connector = ${connector}`} order by asked_at, id`);
  }

  /** Returns the running run of a connector, with its worker and the seconds since the last heartbeat, or null. */
  async running(connector: string): Promise<{ runId: string; worker: string | null; heardSecondsAgo: number; startedAt: Date } | null> {
    const [run] = await this.store.rows<{ runId: string; worker: string | null; heard: number | null; startedAt: string }>(sql`
      select id as "runId", worker, extract(epoch from clock_timestamp() - heard_at)::float8 as heard, started_at::text as "startedAt"
      from runs where connector = ${connector} and state = 'running' order by token desc limit 1`);
    if (run === undefined) return null;
    const { runId, worker, heard, startedAt } = run;
    return { runId, worker, heardSecondsAgo: heard ?? Number.POSITIVE_INFINITY, startedAt: new Date(startedAt) };
  }

  /**
   * Cancels a run. A queued run ends at once; a running one stops at its next heartbeat. Returns its former state, or null if it had ended.
   * `applying`: the run is writing its plan and can no longer be stopped.
   */
  async cancel(runId: string, by: string, now: Date): Promise<"queued" | "running" | "applying" | null> {
    return this.store.findValue<"queued" | "running" | "applying">(sql`
      with found as (select id, state from runs where id = ${runId}::uuid and state <> 'ended' for update)
      update runs set cancel_asked_by = ${by}, state = case when found.state = 'queued' then 'ended' else runs.state end,
        outcome = case when found.state = 'queued' then 'cancelled' else runs.outcome end,
        ended_at = case when found.state = 'queued' then ${now.toISOString()}::timestamptz else runs.ended_at end
      from found where runs.id = found.id
      returning case when found.state = 'running' and runs.progress ->> 'stage' = 'apply' then 'applying' else found.state end as was`);
  }
}

/** A run to claim. */
interface LockedRun extends QueuedRun {
  readonly state: "queued" | "running" | "ended";
  readonly heard: number | null;
  readonly early: number | null;
}

/**
 * Locks a run, its connector and the host of its feed for the rest of the transaction, and returns the run, or null if it does not exist.
 * To avoid deadlocks, every claim locks them in the same order.
 */
async function lockForClaim(transaction: Store, runId: string, host: string | null): Promise<LockedRun | null> {
  const lock = () =>
    transaction.rows<LockedRun>(sql`
      select runs.id as "runId", runs.connector, runs.options, coalesce(runs.asked_by, '?') as "askedBy", runs.try, runs.alone, runs.state,
        extract(epoch from clock_timestamp() - runs.heard_at)::float8 as heard,
        extract(epoch from runs.not_before - clock_timestamp())::float8 as early
      from connectors join runs on runs.connector = connectors.id ${host === null ? sql`` : sql`join hosts on hosts.host = ${host}`}
      where runs.id = ${runId}::uuid for update of connectors, runs ${host === null ? sql`` : sql`, hosts`}`);
  const [known] = await lock();
  if (known !== undefined) return known;
  await transaction.rows(sql`
    insert into connectors (id, fence) select connector, 0 from runs where id = ${runId}::uuid on conflict do nothing`);
  if (host !== null)
    await transaction.rows(sql`insert into hosts (host, not_before) values (${host}, clock_timestamp()) on conflict do nothing`);
  const [run] = await lock();
  return run ?? null;
}

const connectionsPrefix = "moisson ";

/**
 * Returns the application name of a worker's connections (`<host>:<pid>:<birth>` becomes `moisson <birth>`), by which `cutOff` finds
 * them.
 */
export function applicationNameOf(worker: string): string {
  return connectionsPrefix + worker.slice(-8);
}
