// Measures `moisson db move`. Run `npm run build && npx tsx test/bench/db-move.ts`, with DATABASE_URL for a server of your own. Imports a feed
// twice into an embedded catalogue, moves it, and compares what `moisson aids` exports before and after. Exits with 1 if anything differs.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../support/loaded-connectors.ts";
import { writeBenchConnectors } from "./bench-connector.ts";
import { machineOf, openBenchDatabase } from "./bench-database.ts";
import { writeFeed } from "./make-feed.ts";
import { moisson } from "./measured-run.ts";

const records = Number(process.env.MOISSON_BENCH_RECORDS ?? 100_000);
const say = (line: string) => process.stdout.write(`${line}\n`);
const folder = await mkdtemp(join(tmpdir(), "moisson-bench-move-"));
const database = await openBenchDatabase({ name: `moisson_bench_move_${process.pid}`, isKept: false });
try {
  say(machineOf(database));
  const connectors = join(folder, "own");
  await writeBenchConnectors(connectors);
  const embedded = { DATABASE_URL: "", MOISSON_HOME: join(folder, "home"), MOISSON_CONNECTORS: connectors };
  for (const version of [0, 1]) {
    const file = join(folder, `feed-${version}.csv`);
    await writeFeed(file, "csv", records, version);
    const began = performance.now();
    await moisson(["run", "bench-csv", "--file", file, "--json"], embedded);
    say(`import ${version + 1} of ${records} records: ${secondsSince(began)}`);
  }
  const before = await outputs(embedded);
  const began = performance.now();
  const { stdout, peakMb } = await moisson(["db", "move"], { ...embedded, DATABASE_URL: database.url });
  say(`db move: ${secondsSince(began)}, peak ${peakMb} MB\n${stdout.trim()}`);
  const after = await outputs({ ...embedded, DATABASE_URL: database.url });
  for (const [name, sha256] of Object.entries(before)) {
    say(`${name}: ${sha256} before, ${after[name]} after`);
    if (after[name] !== sha256) process.exitCode = 1;
  }
} finally {
  await database.close();
  await rm(folder, { recursive: true, force: true });
}

/** Returns the SHA-256 of each export, by its options. */
async function outputs(environment: NodeJS.ProcessEnv): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const options of ["--json", "--changed-since 2000-01-01 --json", "--format aides-territoires", "--format dispositif-aide"]) {
    const child = spawn(process.execPath, ["dist/src/cli/main.js", "aids", ...options.split(" ")], {
      cwd: projectRoot,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "ignore"],
    });
    const hash = createHash("sha256");
    child.stdout.on("data", (chunk: Buffer) => hash.update(chunk));
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`moisson aids ${options} exited with ${code}`);
    found[options] = hash.digest("hex");
  }
  return found;
}

function secondsSince(began: number): string {
  return `${((performance.now() - began) / 1000).toFixed(1)} s`;
}
