import { randomUUID } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { leftOversOf } from "../connectors/connector-repository.ts";
import type { Store } from "../store.ts";

/** Queues a run again. Returns the id of the new run, or null if an identical run is already queued. */
export async function requeue(
  transaction: Store,
  again: { readonly runId: string; readonly now: Date; readonly afterSeconds: number; readonly countsAsTry: boolean },
): Promise<string | null> {
  const [queued] = await transaction.rows<{ id: string }>(sql`
    insert into runs (id, connector, token, state, started_at, asked_at, asked_by, try, tries_again, not_before, mapping_fingerprint, options, staging)
    select ${randomUUID()}::uuid, connector, 0, 'queued', ${again.now.toISOString()}::timestamptz, coalesce(asked_at, started_at), asked_by,
      try + ${again.countsAsTry ? 1 : 0}, id, clock_timestamp() + make_interval(secs => ${again.afterSeconds}), '', options, false
    from runs where id = ${again.runId}::uuid
    on conflict do nothing returning id`);
  return queued?.id ?? null;
}

/** Requeues the running runs of a connector whose worker disappeared, before another run of the connector starts. */
export async function requeueLostRuns(
  transaction: Store,
  connector: string,
  { maxTries, now }: { readonly maxTries: number; readonly now: Date },
): Promise<void> {
  const lost = await transaction.rows<{ runId: string }>(sql`
    select id as "runId" from runs where connector = ${connector} and state = 'running' and asked_by is not null and cancel_asked_by is null
      and try < ${maxTries}`);
  for (const { runId } of lost) await requeue(transaction, { runId, now, afterSeconds: 0, countsAsTry: true });
}

/** Reason why a queued run must wait. */
export type WaitReason = "paused" | "not-yet" | "connector-busy" | "host-busy" | "host-resting" | "locked";

/** A queued run to claim. */
interface Waiting {
  readonly connector: string;
  readonly askedBy: string;
  /** Seconds until it may start. Null: at once. */
  readonly early: number | null;
}

/** What a claim finds about a queued run. `isLeftOver`: an earlier run of the connector left something behind; see `endLeftOvers`. */
interface Obstacles {
  readonly paused: boolean;
  readonly busy: boolean;
  readonly rest: number | null;
  readonly fetching: boolean;
  readonly isLeftOver: boolean;
}

/**
 * Returns the reason why a queued run cannot start now, or null, and whether earlier runs of the connector left something behind. Call it in
 * the transaction that claims the run, after it has locked connector, run and host.
 */
export async function findObstacles(
  transaction: Store,
  run: Waiting,
  { host, leaseSeconds }: { readonly host: string | null; readonly leaseSeconds: number },
): Promise<{ readonly wait: { reason: WaitReason; seconds: number | null } | null; readonly isLeftOver: boolean }> {
  const alive = isAlive(leaseSeconds);
  // A paused connector still runs at a person's request. A pause of everything stops all runs.
  const found = await transaction.row<Obstacles>(sql`
    select exists (select from pauses where connector = '*' or (connector = ${run.connector} and ${run.askedBy} = 'schedule')) as paused,
      exists (select from runs where connector = ${run.connector} and ${alive}) as busy,
      (select extract(epoch from not_before - clock_timestamp())::float8 from hosts where host = ${host}) as rest,
      exists (select from runs where fetching_from = ${host} and ${alive}) as fetching,
      ${leftOversOf(run.connector)} as "isLeftOver"`);
  return { wait: waitReason(run, found), isLeftOver: found.isLeftOver };
}

/** SQL condition on `runs` that a run is running and its worker is not lost. */
export function isAlive(leaseSeconds: number): SQL {
  return sql`runs.state = 'running' and runs.heard_at >= clock_timestamp() - make_interval(secs => ${leaseSeconds})`;
}

function waitReason(
  { early }: Waiting,
  { paused, busy, rest, fetching }: Obstacles,
): { reason: WaitReason; seconds: number | null } | null {
  if (paused) return { reason: "paused", seconds: null };
  if (early !== null && early > 0) return { reason: "not-yet", seconds: early };
  if (busy) return { reason: "connector-busy", seconds: null };
  if (rest !== null && rest > 0) return { reason: "host-resting", seconds: rest };
  return fetching ? { reason: "host-busy", seconds: null } : null;
}

/** Postpones a queued run. */
export async function postpone(transaction: Store, runId: string, seconds: number): Promise<void> {
  await transaction.rows(sql`
    update runs set not_before = clock_timestamp() + make_interval(secs => ${seconds}) where id = ${runId}::uuid and state = 'queued'`);
}
