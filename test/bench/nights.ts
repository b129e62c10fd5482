import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { type BenchQueue, withPlace } from "./bench-place.ts";
import { type BenchNight, isNotModified, type NightFeed, nightFeeds, writeNightConnectors, writeRecordPool } from "./night-feeds.ts";
import { type NightServer, openNightServer } from "./night-server.ts";
import { oneNight } from "./one-night.ts";
import { queueBytes } from "./queue-bytes.ts";

/**
 * Measures nights of many connectors with `moisson worker` processes, and prints Markdown. Run `npm run build` first. Environment:
 * MOISSON_BENCH_CONNECTORS (their number), MOISSON_BENCH_MOST (records of the largest feed), MOISSON_BENCH_WORKERS and
 * MOISSON_BENCH_QUEUES (lists), MOISSON_BENCH_PARTS: `asking` (cost of a full queue), `small` (feeds of 20 records, for the cost of a run
 * itself), `nights` (feeds of all sizes), `unchanged` (feeds of 20 to 200 records without changes, for each kind of answer), `ordinary`
 * (the same feeds in an ordinary night), `tiny` (the same with feeds of 5 to 20 records). MOISSON_BENCH_HOSTS: number of hosts of the feeds.
 * MOISSON_BENCH_NODE: arguments for Node of the workers, such as `--cpu-prof --cpu-prof-dir=/tmp/profiles`. Each line has its own database
 * and queue.
 */
const { env } = process;
const count = Number(env.MOISSON_BENCH_CONNECTORS ?? 500);
const most = Number(env.MOISSON_BENCH_MOST ?? 20_000);
const workerCounts = (env.MOISSON_BENCH_WORKERS ?? "1,2,4").split(",").map(Number);
const queues = (env.MOISSON_BENCH_QUEUES ?? "redis,postgresql").split(",") as BenchQueue[];
const parts = (env.MOISSON_BENCH_PARTS ?? "asking,small,nights").split(",");

/** What a part measures. */
interface Part {
  /** Number of records of the largest feed. */
  readonly most: number;
  readonly nights: readonly BenchNight[];
  /** Whether the server sends ETags. */
  readonly etags: boolean;
}

const partsByName: Readonly<Record<string, Part>> = {
  small: { most: 20, nights: ["first", "second"], etags: false },
  nights: { most, nights: ["first", "second"], etags: false },
  unchanged: { most: 200, nights: ["first", "not-modified", "same", "other-bytes"], etags: true },
  ordinary: { most: 200, nights: ["first", "ordinary"], etags: true },
  tiny: { most: 5, nights: ["first", "ordinary"], etags: true },
};
/** Each host is an entry of MOISSON_ALLOW_HOSTS, and a variable has room for some 7,000. With 100, a run rarely waits for its host. */
const mostHosts = Number(env.MOISSON_BENCH_HOSTS ?? 100);

/** The night that the server serves. */
let night: BenchNight = "first";
const folder = await mkdtemp(join(tmpdir(), "moisson-nights-"));
try {
  for (const name of parts) {
    const part = partsByName[name];
    if (name === "asking") await tellAsking(nightFeeds(count, 20));
    else if (part === undefined) throw new Error(`unknown part "${name}"`);
    else {
      const feeds = nightFeeds(count, part.most);
      await serving(feeds, part.etags, (server) => tellNights(part, feeds, server));
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function serving(feeds: readonly NightFeed[], etags: boolean, work: (server: NightServer) => Promise<void>): Promise<void> {
  const pool = await writeRecordPool(folder, Math.max(...feeds.map((feed) => feed.count)));
  const server = await openNightServer(Math.min(feeds.length, mostHosts), (index) => {
    const feed = feeds[index] as NightFeed;
    const isKnown = isNotModified(feed, night);
    return { ...pool.bytesOf(feed, night), ...(etags && { etag: isKnown ? '"first"' : `"${night}"`, isKnown }) };
  });
  try {
    await writeNightConnectors(folder, feeds, (index) => server.addressOf(index));
    await work(server);
  } finally {
    await server.close();
  }
}

async function tellNights(part: Part, feeds: readonly NightFeed[], { hosts }: NightServer): Promise<void> {
  const records = feeds.reduce((sum, feed) => sum + feed.count, 0);
  print(`\n${figure(feeds.length)} connectors, ${figure(records)} records.\n`);
  print(
    "| queue | workers | night | wall | all queued after | records/s | runs/s | peak MB per worker | CPU s: workers / database | worker CPU per run | max connections | first page: median, longest | load at start |",
  );
  print("| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
  const paces = (seconds: number, asked?: number) =>
    `${seconds.toFixed(1)} s | ${asked === undefined ? "" : `${asked.toFixed(1)} s`} | ${figure(records / seconds)} | ${(feeds.length / seconds).toFixed(1)}`;
  // The same runs in sequence in one process, without queue and claims.
  if (part === partsByName.small) {
    await withPlace("none", { folder, hosts }, async ({ moisson }) => {
      for (night of part.nights) {
        const [load, begun] = [loadNow(), performance.now()];
        await moisson("run", ...feeds.map(({ id }) => id));
        print(`| none | | ${night} | ${paces((performance.now() - begun) / 1000)} | | | | | ${load} |`);
      }
    });
  }
  for (const queue of queues) {
    for (const workers of workerCounts) {
      await withPlace(queue, { folder, hosts }, async (place) => {
        for (night of part.nights) {
          const load = loadNow();
          const { seconds, askedSeconds, uses, cpuSeconds, connections, pages } = await oneNight(place, workers, feeds, night);
          const cpu = uses.reduce((sum, use) => sum + use.cpuSeconds, 0);
          const used = `${uses.map((use) => use.peakMb).join(", ")} | ${cpu.toFixed(1)} / ${cpuSeconds?.toFixed(1) ?? "?"} | ${((1000 * cpu) / feeds.length).toFixed(1)} ms | ${connections} | ${pages.median.toFixed(2)}, ${pages.longest.toFixed(2)} s`;
          print(`| ${queue} | ${workers} | ${night} | ${paces(seconds, askedSeconds)} | ${used} | ${load} |`);
        }
      });
    }
  }
}

/** Measures the cost of requesting all runs and keeping them queued, without workers. */
async function tellAsking(feeds: readonly NightFeed[]): Promise<void> {
  await writeNightConnectors(folder, feeds, () => "https://bench.example.org/aides");
  print(`\n${figure(feeds.length)} runs asked for, no worker.\n`);
  print("| queue | queued in, start included | size | per job |");
  print("| --- | ---: | ---: | ---: |");
  for (const queue of queues) {
    await withPlace(queue, { folder, hosts: [] }, async ({ moisson, databaseUrl, redisUrl, name }) => {
      const begun = performance.now();
      await moisson("run", ...feeds.map(({ id }) => id), "--queue");
      const seconds = (performance.now() - begun) / 1000;
      const bytes = await queueBytes(redisUrl ?? databaseUrl, name);
      print(`| ${queue} | ${seconds.toFixed(1)} s | ${(bytes / 1e6).toFixed(2)} MB | ${figure(bytes / feeds.length)} B |`);
    });
  }
}

function loadNow(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}

function figure(value: number): string {
  return Math.round(value).toLocaleString("en");
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
