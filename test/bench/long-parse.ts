import { mkdtemp, rm, stat } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import type postgres from "postgres";
import { writeBenchConnectors } from "./bench-connector.ts";
import { type BenchPlace, type BenchQueue, withPlace } from "./bench-place.ts";
import { startWorkers } from "./bench-workers.ts";
import { type BenchFormat, writeFeed } from "./make-feed.ts";
import { type NightServer, openNightServer } from "./night-server.ts";
import { watchRuns } from "./watch-runs.ts";

/**
 * Measures one long run by one of two `moisson worker` processes with the default lock time, and prints Markdown: does the run keep its
 * lock and its heartbeat while its feed is read? Run `npm run build` first. MOISSON_BENCH_MEGABYTES (200), MOISSON_BENCH_FORMATS,
 * MOISSON_BENCH_QUEUES; MOISSON_BENCH_NODE: arguments for Node, such as `--cpu-prof`.
 */
const { env } = process;
const megabytes = Number(env.MOISSON_BENCH_MEGABYTES ?? 200);
const formats = (env.MOISSON_BENCH_FORMATS ?? "csv,json,xml").split(",") as BenchFormat[];
const queues = (env.MOISSON_BENCH_QUEUES ?? "redis,postgresql").split(",") as BenchQueue[];
const nodeArguments = (env.MOISSON_BENCH_NODE ?? "").split(" ").filter(Boolean);
/** Approximate bytes of a record of `makeRecord`. */
const recordBytes = { csv: 3115, json: 3347, xml: 3765, excel: 730 } as const;

/** The smallest remaining margins, in seconds. */
interface Seen {
  /** Longest time without a heartbeat. */
  silent: number;
  /** Shortest remaining time of the job's lock. */
  lockLeft: number;
}

const folder = await mkdtemp(join(tmpdir(), "moisson-long-"));
try {
  await writeBenchConnectors(folder);
  print(
    "| queue | format | MB | records | run | tries | given up | longest silence | least lock time left | longest event loop delay: busy / idle worker | own CPU | peak MB | load at start |",
  );
  print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
  for (const format of formats) {
    const file = join(folder, `feed.${format}`);
    await writeFeed(file, format, Math.round((megabytes * 1e6) / recordBytes[format]));
    const { size } = await stat(file);
    const server = await openNightServer(1, () => ({ head: "", file, start: 0, end: size, tail: "" }));
    try {
      for (const queue of queues)
        await withPlace(queue, { folder, hosts: server.hosts }, (place) => tellRun(place, queue, format, size, server));
    } finally {
      await server.close();
      await rm(file);
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function tellRun(place: BenchPlace, queue: BenchQueue, format: BenchFormat, size: number, server: NightServer): Promise<void> {
  const load = (loadavg()[0] ?? 0).toFixed(1);
  const redis = place.redisUrl === null ? null : new Redis(place.redisUrl);
  const seen: Seen = { silent: 0, lockLeft: Number.POSITIVE_INFINITY };
  let ended: Ended | undefined;
  const working = await startWorkers(2, place.environment, [], nodeArguments);
  try {
    const asking = place.moisson("run", `bench-${format}`, "--url", server.addressOf(0), "--queue");
    await watchRuns(place.databaseUrl, asking, async (sql) => {
      await look(sql, redis, place.name, seen);
      ended = await endOf(sql);
    });
  } finally {
    redis?.disconnect();
    const uses = (await working.stop()).sort((a, b) => b.cpuSeconds - a.cpuSeconds);
    const [atWork, standingBy] = uses;
    if (working.complaints.length > 0) process.stderr.write(`workers said:\n${working.complaints.join("\n")}\n`);
    const run = `${ended?.records.toLocaleString("en")} | ${ended?.outcome}, ${ended?.seconds.toFixed(1)} s | ${ended?.tries} | ${ended?.givenUp}`;
    const heard = `${seen.silent.toFixed(1)} s | ${seen.lockLeft.toFixed(1)} s | ${atWork?.longestDelayMs} / ${standingBy?.longestDelayMs} ms | ${atWork?.longestBusyMs ?? "?"} ms`;
    print(`| ${queue} | ${format} | ${(size / 1e6).toFixed(0)} | ${run} | ${heard} | ${atWork?.peakMb} | ${load} |`);
  }
}

/** Reads the age of the run's last heartbeat, by the database's clock, and the remaining time of its job's lock. */
async function look(sql: postgres.Sql, redis: Redis | null, name: string, seen: Seen): Promise<void> {
  const [run] = await sql<{ id: string; silent: number }[]>`
    select id, extract(epoch from clock_timestamp() - heard_at)::float8 as silent from moisson.runs where state = 'running'`;
  if (run === undefined) return;
  seen.silent = Math.max(seen.silent, run.silent);
  const left = redis === null ? await lockOnPostgresql(sql, run.id) : await redis.pttl(`bull:${name}:run-${run.id}:lock`);
  if (left !== null && left !== -2) seen.lockLeft = Math.min(seen.lockLeft, left / 1000);
}

async function lockOnPostgresql(sql: postgres.Sql, runId: string): Promise<number | null> {
  const [job] = await sql<{ left: number }[]>`
    select (locked_until_ms - extract(epoch from clock_timestamp()) * 1000)::float8 as left from moisson_queue.job
    where id = ${`run-${runId}`} and state = 'active'`;
  return job?.left ?? null;
}

/** The end of the run. */
interface Ended {
  readonly outcome: string;
  readonly records: number;
  readonly seconds: number;
  readonly tries: number;
  readonly givenUp: number;
}

async function endOf(sql: postgres.Sql): Promise<Ended | undefined> {
  const [row] = await sql<Ended[]>`
    select min(outcome) as outcome, max((report->'counts'->>'received')::int) as records, max((report->>'durationMs')::float8 / 1000) as seconds,
      max(try) as tries, count(*) filter (where outcome = 'abandoned' or tries_again is not null)::int as "givenUp"
    from moisson.runs where state = 'ended' having count(*) > 0`;
  return row;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
