import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import type { BenchPlace } from "./bench-place.ts";
import { startWorkers, type WorkerUse } from "./bench-workers.ts";
import { type FirstPages, watchFirstPage } from "./first-pages.ts";
import { type BenchNight, hasChanged, type NightFeed } from "./night-feeds.ts";
import { type Watched, watchRuns } from "./watch-runs.ts";

/** Arguments for Node of the workers, such as `--cpu-prof --cpu-prof-dir=/tmp/profiles`. The processes of their runs get them too. */
const nodeArguments = (process.env.MOISSON_BENCH_NODE ?? "").split(" ").filter(Boolean);

/** Duration of a night, and the resources of its workers. */
export interface Night extends Watched {
  readonly uses: readonly WorkerUse[];
  readonly pages: FirstPages;
}

/**
 * Starts the workers and a console, makes every feed due, and waits until the schedule has requested all runs and these have ended. Throws
 * if a run has an unexpected outcome or was retried.
 */
export async function oneNight(place: BenchPlace, workers: number, feeds: readonly NightFeed[], night: BenchNight): Promise<Night> {
  const before = await runsByOutcome(place.databaseUrl);
  const working = await startWorkers(workers, place.environment, [], nodeArguments);
  const pages = await watchFirstPage(place);
  const asking = untilAsked(place.databaseUrl, feeds);
  // Stops the workers even if watching fails, so that no process is left.
  const [watched, uses] = await watchRuns(place.databaseUrl, asking).then(
    async (found) => [found, await working.stop()] as const,
    async (error: unknown) => {
      await Promise.all([working.stop(), pages.stop()]);
      throw error;
    },
  );
  const seen = await pages.stop();
  if (working.complaints.length > 0) process.stderr.write(`workers said:\n${working.complaints.slice(0, 5).join("\n")}\n`);
  const after = await runsByOutcome(place.databaseUrl);
  const applied = night === "first" ? feeds.length : feeds.filter((feed) => hasChanged(feed, night)).length;
  // A run that failed or ran twice would make the measurement wrong.
  if (after.applied - before.applied !== applied || after.unchanged - before.unchanged !== feeds.length - applied || after.others > 0)
    throw new Error(`not a night as it should be: ${JSON.stringify(after)}`);
  return { ...watched, uses, pages: seen };
}

/** Makes every feed due, and waits until the schedule has requested a run of each. */
async function untilAsked(url: string, feeds: readonly NightFeed[]): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  const count = async () => (await sql<{ count: number }[]>`select count(*)::int as count from moisson.runs`)[0]?.count ?? 0;
  const before = await count();
  // The day before MOISSON_NOW, so that the due time of this night is not done.
  await sql`
    insert into moisson.due_times (name, done_for) select name, '2026-11-24' from unnest(${feeds.map(({ id }) => id)}::text[]) name
    on conflict (name) do update set done_for = excluded.done_for`;
  while ((await count()) < before + feeds.length) await delay(100);
  await sql.end();
}

/** Counts the runs so far. `others`: runs that failed or were retried. */
async function runsByOutcome(url: string): Promise<{ applied: number; unchanged: number; others: number }> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  const [row] = await sql<{ applied: number; unchanged: number; others: number }[]>`
    select count(*) filter (where outcome in ('applied', 'applied-with-rejects'))::int as applied,
      count(*) filter (where outcome = 'unchanged')::int as unchanged,
      count(*) filter (where outcome not in ('applied', 'applied-with-rejects', 'unchanged') or try > 1)::int as others
    from moisson.runs`;
  await sql.end();
  return row ?? { applied: 0, unchanged: 0, others: 0 };
}
