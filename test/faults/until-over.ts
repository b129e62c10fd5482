import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { openQueue } from "./ask-night.ts";
import type { Cell } from "./cells.ts";
import type { Crew } from "./crew.ts";
import type { Lane } from "./lane.ts";
import { type Place, withPlace } from "./place.ts";
import type { WorkerProcess } from "./worker-process.ts";

const lookEveryMs = 200;
/** Maximum duration in lock times. A run may be lost, be found after one and a half lock times, wait for a retry, and be lost again. */
const locksAtMost = 12;
/** The same in pauses before a second try, after a long fault. */
const pausesAtMost = 15;
/** Time between two starts of `worker --once`, as by cron. */
const cronMs = 500;

/** Waits until no run is open and the queue is empty. Returns descriptions of problems. `lost`: a worker that does not come back. */
export async function untilOver(lane: Lane, place: Place, cell: Cell, crew: Crew, lost: WorkerProcess | null): Promise<string[]> {
  return "home" in place ? untilOverEmbedded(place, cell, crew) : untilOverOnServer(lane, place, cell, crew, lost);
}

async function untilOverOnServer(lane: Lane, place: { readonly databaseUrl: string }, cell: Cell, crew: Crew, lost: WorkerProcess | null) {
  const problems: string[] = [];
  const { mourned } = crew;
  if (lost !== null) mourned.add(lost);
  const client = postgres(place.databaseUrl, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  const queue = openQueue(lane, place, cell.queue);
  const deadline = deadlineOf(cell);
  let open = "";
  try {
    for (;;) {
      for (const worker of crew.workers.filter((one) => one.hasEnded() && !mourned.has(one))) {
        mourned.add(worker);
        problems.push(`a worker ended by itself (${await worker.ended}): ${worker.lastWords().slice(-600)}`);
        crew.start(false, { insteadOf: worker });
      }
      open = await openWords(client).catch((error: unknown) => `the catalogue does not answer (${String(error)})`);
      if (open === "") {
        const depth = await queue.depth().catch(() => null);
        open =
          depth === null
            ? "the queue does not answer"
            : depth.waiting + depth.active + depth.delayed > 0
              ? `the queue holds ${JSON.stringify(depth)}`
              : "";
      }
      if (open === "") return problems;
      if (performance.now() > deadline) return [...problems, `not over: ${open}`, ...(await whatHolds(client).catch(() => []))];
      await delay(lookEveryMs);
    }
  } finally {
    await Promise.all([client.end({ timeout: 1 }), queue.close().catch(() => undefined)]);
  }
}

async function openWords(client: postgres.Sql): Promise<string> {
  const runs =
    await client`select connector, state, try, worker, round(extract(epoch from clock_timestamp() - heard_at)) as heard from moisson.runs where state <> 'ended'`;
  return runs
    .map(({ connector, state, try: tried, heard }) => `${connector} ${state}, try ${tried}, heard of ${heard ?? "never"} s ago`)
    .join("; ");
}

async function untilOverEmbedded(place: Place, cell: Cell, crew: Crew): Promise<string[]> {
  const deadline = deadlineOf(cell);
  for (;;) {
    await Promise.all(crew.workers.map(({ ended }) => ended));
    const open = await withPlace(place, ({ store }) => store.rows(sql`select connector, try from runs where state <> 'ended'`));
    if (open.length === 0) return [];
    if (performance.now() > deadline) return [`not over: ${JSON.stringify(open)}`];
    await delay(cronMs);
    crew.start(false);
  }
}

/** Returns when a night must be over, by the monotonic clock. */
function deadlineOf({ lockSeconds, retrySeconds, lasts }: Cell): number {
  return performance.now() + Math.max(60, locksAtMost * lockSeconds, lasts === null ? 0 : pausesAtMost * retrySeconds) * 1000;
}

/** Returns the activity of the database, for a night that does not end. */
async function whatHolds(client: postgres.Sql): Promise<string[]> {
  const found = await client`
    select pid, pg_blocking_pids(pid)::text as behind, state, wait_event, left(regexp_replace(query, '\\s+', ' ', 'g'), 100) as query
    from pg_stat_activity where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()`;
  return found.map(
    ({ pid, behind, state, wait_event, query }) => `connection ${pid}, behind ${behind}, ${state}, waits for ${wait_event}: ${query}`,
  );
}
