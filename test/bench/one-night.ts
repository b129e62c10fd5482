import postgres from "postgres";
import type { BenchPlace } from "./bench-place.ts";
import { startWorkers, type WorkerUse } from "./bench-workers.ts";
import type { NightFeed } from "./night-feeds.ts";
import { type Watched, watchRuns } from "./watch-runs.ts";

/** Duration of a night, and the resources of its workers. */
export interface Night extends Watched {
  readonly uses: readonly WorkerUse[];
}

/**
 * Starts the workers, requests a run of every feed, and waits for the end of all. Throws if a run has an unexpected outcome or was
 * retried.
 */
export async function oneNight(place: BenchPlace, workers: number, feeds: readonly NightFeed[], night: 1 | 2): Promise<Night> {
  const working = await startWorkers(workers, place.environment);
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
  await checkOutcomes(place.databaseUrl, feeds, night);
  return { ...watched, uses };
}

/** Throws if a run failed or ran twice, because the measurement would be wrong. */
async function checkOutcomes(url: string, feeds: readonly NightFeed[], night: 1 | 2): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  const rows = await sql<{ outcome: string; runs: number; tries: number }[]>`
    select outcome, count(*)::int as runs, max(try) as tries from moisson.runs group by outcome order by outcome`;
  await sql.end();
  const of = (outcome: string) => rows.find((row) => row.outcome === outcome)?.runs ?? 0;
  const changed = night === 1 ? 0 : feeds.filter(({ changes }) => changes).length;
  const applied = of("applied") + of("applied-with-rejects");
  const isAsItShould = applied === feeds.length + changed && of("unchanged") === (night === 1 ? 0 : feeds.length - changed);
  if (!isAsItShould || rows.some(({ tries }) => tries > 1)) throw new Error(`not a night as it should be: ${JSON.stringify(rows)}`);
}
