import { sql } from "drizzle-orm";
import type { Store } from "../store.ts";

/** Why a queued run has to wait. */
export type WaitReason = "paused" | "not-yet" | "connector-busy" | "host-busy" | "host-resting";

/** A queued run, and the terms on which somebody wants to do it. */
interface Waiting {
  readonly connector: string;
  readonly askedBy: string;
  /** Seconds until it may be done; null: at once. */
  readonly early: number | null;
}

/** What is in the way of a queued run; null where nothing is. Within the transaction that claims it. */
export async function findWaitReason(
  transaction: Store,
  run: Waiting,
  { host, leaseSeconds }: { readonly host: string | null; readonly leaseSeconds: number },
): Promise<{ reason: WaitReason; seconds: number | null } | null> {
  // A connector that is paused still runs when a person names it; when all is paused, nothing does.
  const paused = await transaction.rows(sql`
    select 1 from pauses where connector = '*' or (connector = ${run.connector} and ${run.askedBy} = 'schedule')`);
  if (paused.length > 0) return { reason: "paused", seconds: null };
  if (run.early !== null && run.early > 0) return { reason: "not-yet", seconds: run.early };
  const alive = sql`state = 'running' and heard_at >= clock_timestamp() - make_interval(secs => ${leaseSeconds})`;
  const busy = await transaction.rows(sql`select 1 from runs where connector = ${run.connector} and ${alive}`);
  if (busy.length > 0) return { reason: "connector-busy", seconds: null };
  if (host === null) return null;
  await transaction.rows(sql`insert into hosts (host, not_before) values (${host}, clock_timestamp()) on conflict do nothing`);
  const { rest } = await transaction.row<{ rest: number }>(sql`
    select extract(epoch from not_before - clock_timestamp())::float8 as rest from hosts where host = ${host} for update`);
  if (rest > 0) return { reason: "host-resting", seconds: rest };
  const fetching = await transaction.rows(sql`select 1 from runs where fetching_from = ${host} and ${alive}`);
  return fetching.length > 0 ? { reason: "host-busy", seconds: null } : null;
}

/** A run that waits until then says so: nobody waits for it meanwhile. */
export async function postpone(transaction: Store, runId: string, seconds: number): Promise<void> {
  await transaction.rows(sql`
    update runs set not_before = clock_timestamp() + make_interval(secs => ${seconds}) where id = ${runId}::uuid and state = 'queued'`);
}
