import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Store } from "../store.ts";

/** Puts another try of a run in the queue; gives its id, or that of a run that waits already and was asked for in the same way. */
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

/** Runs of a connector that nobody was heard of come again, behind the one that takes the connector over. */
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
