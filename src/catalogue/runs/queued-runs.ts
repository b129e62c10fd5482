import { randomUUID } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { leftOversOf } from "../connectors/connector-repository.ts";
import type { Store } from "../store.ts";

/**
 * Why a run is queued again. Only `failed` uses a try. `lost`: its worker or process was lost, which may be a fault of the machine or of the
 * run itself. It then runs alone; losses alone use tries when the run is suspect, see `lossesToDoubt`. `machine`: the machine could not do it.
 * `handed-back`: its worker is stopping.
 */
type AgainFor = "failed" | "handed-back" | "machine" | "lost";

/** A run's next try. `afterSeconds`: its pause; for `machine` and `lost`, the base of a pause that doubles with each such fault. */
export interface Again {
  readonly because: AgainFor;
  readonly afterSeconds: number;
}

/** Maximum number of tries of a run. */
const maxTries = 5;
/** A run that waits for its machine is given up this long after its request: the night is over, and the next one asks again. */
export const nightHours = 12;
/** Pauses after faults of the machine grow up to this multiple of the first: with the usual settings, from 15 seconds to 5 minutes. */
const machinePausesGrow = 20;
/**
 * From this loss alone on, a run uses tries. If its machine has done a run of another connector since the first try, the machine is well and
 * the run suspect. Otherwise the machine may lose everything.
 */
const lossesToDoubt = { machineDoesOthers: 2, otherwise: 10 } as const;

/**
 * Queues a run again. Returns the id of the new run, or null if an identical run is already queued, if it has used its tries, or if the
 * night is over.
 */
export async function requeue(
  transaction: Store,
  { runId, now, because, afterSeconds }: Again & { readonly runId: string; readonly now: Date },
): Promise<string | null> {
  const isLost = because === "lost";
  const isMachines = isLost || because === "machine";
  const isLostAlone = sql`(${isLost} and alone and not exists (select from workers where name = runs.worker and sick_for is not null))`;
  const { machineDoesOthers, otherwise } = lossesToDoubt;
  const doubtedFrom = sql`case when ${machineDoesOtherRuns} then ${machineDoesOthers}::int else ${otherwise}::int end`;
  const usesTry = sql`(${because === "failed"} or (${isLostAlone} and losses_alone + 1 >= ${doubtedFrom}))`;
  // At once after the first loss: only that worker may have been ill.
  const grown = sql`${afterSeconds}::float8 * (power(2, least(machine_faults, 20)) - ${isLost ? 1 : 0})`;
  const pause = isMachines
    ? sql`least(${afterSeconds * machinePausesGrow}, ${grown}) * (0.5 + random() / 2)`
    : sql`${afterSeconds}::float8`;
  return transaction.findValue<string>(sql`
    insert into runs (id, connector, token, state, started_at, asked_at, asked_by, try, machine_faults, alone, losses_alone, tries_again, not_before,
      mapping_fingerprint, options, staging)
    select ${randomUUID()}::uuid, connector, 0, 'queued', ${now.toISOString()}::timestamptz, coalesce(asked_at, started_at), asked_by,
      try + ${usesTry}::int, machine_faults + ${isMachines ? 1 : 0}, alone or ${isLost}, losses_alone + ${isLostAlone}::int, id,
      clock_timestamp() + make_interval(secs => ${pause}), '', options, false
    from runs where id = ${runId}::uuid and not (${usesTry} and try >= ${maxTries})
      and (${!isMachines} or coalesce(asked_at, started_at) > ${now.toISOString()}::timestamptz - make_interval(hours => ${nightHours}))
    on conflict do nothing returning id`);
}

/**
 * SQL condition on `runs`: since the first try of the run began, its machine has ended a run of another connector. The machine is the name of
 * the worker, `<host>:<pid>:<birth>`, without process.
 */
const machineDoesOtherRuns = sql`exists (
  with recursive tries as (
    select runs.id, runs.tries_again, runs.started_at
    union all select before.id, before.tries_again, before.started_at from runs before join tries on before.id = tries.tries_again
  ) select from runs others
  where others.state = 'ended' and others.outcome not in ('abandoned', 'cancelled', 'failed') and others.connector <> runs.connector
    and others.ended_at > (select min(started_at) from tries) and starts_with(others.worker, regexp_replace(runs.worker, '[0-9]+:[0-9a-f]+$', '')))`;

/** Requeues the running runs of a connector whose worker disappeared, before another run of the connector starts. */
export async function requeueLostRuns(
  transaction: Store,
  connector: string,
  { pauseSeconds, now }: { readonly pauseSeconds: number; readonly now: Date },
): Promise<void> {
  const lost = await transaction.values<string>(sql`
    select id as "runId" from runs where connector = ${connector} and state = 'running' and asked_by is not null and cancel_asked_by is null`);
  for (const runId of lost) await requeue(transaction, { runId, now, because: "lost", afterSeconds: pauseSeconds });
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
