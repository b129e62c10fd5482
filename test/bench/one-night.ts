import postgres from "postgres";
import type { BenchPlace } from "./bench-place.ts";
import { startWorkers, type WorkerUse } from "./bench-workers.ts";
import { type BenchNight, hasChanged, type NightFeed } from "./night-feeds.ts";
import { type Watched, watchRuns } from "./watch-runs.ts";

/** Arguments for Node of the workers, such as `--cpu-prof --cpu-prof-dir=/tmp/profiles`. The processes of their runs get them too. */
const nodeArguments = (process.env.MOISSON_BENCH_NODE ?? "").split(" ").filter(Boolean);

/** Duration of a night, and the resources of its workers. */
export interface Night extends Watched {
  readonly uses: readonly WorkerUse[];
}

/**
 * Starts the workers, requests a run of every feed, and waits for the end of all. Throws if a run has an unexpected outcome or was
 * retried.
 */
export async function oneNight(place: BenchPlace, workers: number, feeds: readonly NightFeed[], night: BenchNight): Promise<Night> {
  const before = await runsByOutcome(place.databaseUrl);
  const working = await startWorkers(workers, place.environment, [], nodeArguments);
  const asking = place.moisson("run", ...feeds.map(({ id }) => id), "--queue");
  // Stops the workers even if watching fails, so that no process is left.
  const [watched, uses] = await watchRuns(place.databaseUrl, asking).then(
    async (seen) => [seen, await working.stop()] as const,
    async (error: unknown) => {
      await working.stop();
      throw error;
    },
  );
  if (working.complaints.length > 0) process.stderr.write(`workers said:\n${working.complaints.slice(0, 5).join("\n")}\n`);
  const after = await runsByOutcome(place.databaseUrl);
  const applied = night === "first" ? feeds.length : feeds.filter((feed) => hasChanged(feed, night)).length;
  // A run that failed or ran twice would make the measurement wrong.
  if (after.applied - before.applied !== applied || after.unchanged - before.unchanged !== feeds.length - applied || after.others > 0)
    throw new Error(`not a night as it should be: ${JSON.stringify(after)}`);
  return { ...watched, uses };
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
