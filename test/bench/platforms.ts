import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { PlatformFeed } from "./platforms-feed.ts";
import { platformFeeds } from "./platforms-list.ts";
import type { PlatformReading } from "./platforms-read.ts";
import { writeWorkbook } from "./platforms-workbook.ts";

/**
 * Reads a small and a large feed of every platform, each in its own process, and prints the peak memory of both as Markdown. Compiled,
 * because a TypeScript loader needs memory too: `tsc -p test/bench/platforms.tsconfig.json && node dist/test/bench/platforms.js`.
 * MOISSON_BENCH_RECORDS (20000,200000); MOISSON_BENCH_PLATFORMS: only platforms whose name contains one of these texts (`a;b`). Exits with
 * 1 if memory grew.
 */
const { env } = process;
const [small = 0, large = 0] = (env.MOISSON_BENCH_RECORDS ?? "20000,200000").split(",").map(Number);
const only = env.MOISSON_BENCH_PLATFORMS?.split(";") ?? [""];
/** Maximum growth of peak memory, which varies from run to run even if it does not depend on the feed. */
const mostGrowth = 1.3;
/** One title in 25 is empty. */
const validShare = 24 / 25;

const execute = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), "moisson-platforms-"));
const server = spawn(process.execPath, [script("platforms-server.js"), folder], {
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  const { value: origin } = await createInterface({ input: server.stdout })[Symbol.asyncIterator]().next();
  print(`| platform | records | MB | seconds | CPU s | records/s | peak MB at ${number(small)} | at ${number(large)} | ratio |`);
  print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
  for (const [place, feed] of platformFeeds.entries()) {
    if (!only.some((word) => feed.name.includes(word))) continue;
    const few = await read(place, feed, small, origin);
    const many = await read(place, feed, large, origin);
    const ratio = many.peakMb / few.peakMb;
    const rate = Math.round(many.received / many.seconds);
    const cells = [
      number(large),
      many.megabytes,
      many.seconds.toFixed(1),
      many.cpuSeconds.toFixed(1),
      number(rate),
      few.peakMb,
      many.peakMb,
      ratio.toFixed(2),
    ];
    print(`| ${feed.name} | ${cells.join(" | ")} |`);
    if (ratio <= mostGrowth) continue;
    process.stderr.write(`${feed.name}: memory grows with the feed\n`);
    process.exitCode = 1;
  }
} finally {
  server.kill();
  await rm(folder, { recursive: true, force: true });
}

/** Throws if the feed is not read to its end, because the measurement would be wrong. */
async function read(place: number, feed: PlatformFeed, count: number, origin: string): Promise<PlatformReading> {
  const workbook = join(folder, `${place}-${count}`);
  if (feed.workbook !== undefined) await writeWorkbook(workbook, feed.workbook, count);
  const spool = join(folder, "download");
  await mkdir(spool);
  try {
    const args = [script("platforms-read.js"), String(place), String(count), origin, spool];
    const { stdout } = await execute(process.execPath, args);
    const reading = JSON.parse(stdout) as PlatformReading;
    process.stderr.write(`${feed.name}: ${stdout}, load ${loadavg()[0]?.toFixed(1)}\n`);
    const { received, valid, rejected } = reading;
    if (received !== count || valid + rejected !== count || valid !== count * validShare)
      throw new Error(`${feed.name} was not read whole`);
    return reading;
  } finally {
    await rm(spool, { recursive: true });
    await rm(workbook, { force: true });
  }
}

function script(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

function number(count: number): string {
  return count.toLocaleString("en");
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
