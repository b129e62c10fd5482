import { execFile } from "node:child_process";
import { appendFile, mkdtemp, rm, stat } from "node:fs/promises";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { projectRoot } from "../support/loaded-connectors.ts";
import { writeBetweenMarks } from "../support/write-between-marks.ts";
import { rateOfRowByRow, timeCopy } from "./baselines.ts";
import { writeBenchConnectors } from "./bench-connector.ts";
import { type BenchDatabase, openBenchDatabase } from "./bench-database.ts";
import { type BenchFormat, benchFormats, writeFeed } from "./make-feed.ts";
import { type PlanTimes, timePlans } from "./plan-times.ts";
import { type StageTimes, timeStages } from "./stage-times.ts";

const execute = promisify(execFile);

/** Times of one feed: first import, one changed byte, 2 % changed records. */
interface Measured {
  readonly format: BenchFormat;
  readonly count: number;
  readonly megabytes: number;
  readonly copySeconds: number;
  readonly first: RunReport;
  readonly same: RunReport;
  readonly changed: RunReport;
}

const sizes = (process.env.MOISSON_BENCH_SIZES ?? "1000,10000,100000").split(",").map(Number);
const formats = benchFormats.filter((format) => (process.env.MOISSON_BENCH_FORMATS ?? benchFormats.join(",")).split(",").includes(format));
/** Larger workbooks are rare, and exceljs needs minutes to write one. */
const largestWorkbook = 10_000;
/** Numbers of records for plans that change every aid. One in 25 has no title and gives no aid. */
const planSizes = (process.env.MOISSON_BENCH_PLANS ?? "5250,52500").split(",").filter(Boolean).map(Number);
const millionAsked = process.env.MOISSON_BENCH_MILLION !== "no";

const folder = await mkdtemp(join(tmpdir(), "moisson-bench-"));
const database = await openBenchDatabase();
try {
  await writeBenchConnectors(folder);
  const rowByRow = await rateOfRowByRow(database.url, 3000);
  say(`row by row: ${Math.round(rowByRow)} rows/s`);
  const measured: Measured[] = [];
  let stages: StageTimes | null = null;
  for (const count of sizes) {
    const csv = join(folder, `${count}.csv`);
    await writeFeed(csv, "csv", count);
    const copySeconds = await timeCopy(database.url, csv);
    say(`COPY of ${count}: ${copySeconds.toFixed(2)} s`);
    for (const format of formats) {
      if (format === "excel" && count > largestWorkbook) continue;
      measured.push(await measure(format, count, copySeconds, csv));
    }
    if (count === Math.max(...sizes)) stages = await timeStages(csv);
    await rm(csv);
  }
  const plans: PlanTimes[] = [];
  for (const count of planSizes) {
    plans.push(await timePlans(database.url, folder, count));
    await forget();
  }
  const million = millionAsked ? await measureMillion() : null;
  const tables = {
    import: importTable(database, rowByRow, measured),
    targets: targetTable(measured, million),
    stages: stageTable(measured, stages),
    plans: planTable(plans),
  };
  const written = Object.fromEntries(Object.entries(tables).flatMap(([name, table]) => (table === undefined ? [] : [[name, table]])));
  await writeBetweenMarks(join(projectRoot, "docs/performance.md"), written);
  say("docs/performance.md is written");
} finally {
  await database.close();
  await rm(folder, { recursive: true, force: true });
}

async function measure(format: BenchFormat, count: number, copySeconds: number, csv: string): Promise<Measured> {
  const extension = format === "excel" ? "xlsx" : format;
  const feed = format === "csv" ? csv : join(folder, `feed.${extension}`);
  if (format !== "csv") await writeFeed(feed, format, count);
  const { size } = await stat(feed);
  const connector = `bench-${format}`;
  const first = await run(connector, feed);
  await touch(feed, format, count);
  const same = await run(connector, feed);
  const other = join(folder, `changed.${extension}`);
  await writeFeed(other, format, count, 1);
  const changed = await run(connector, other);
  await rm(other);
  if (format !== "csv") await rm(feed);
  await forget();
  const result = { format, count, megabytes: size / 1e6, copySeconds, first, same, changed };
  say(
    `${format} ${count}: first ${ratio(result, first)}, same ${ratio(result, same)}, 2 % changed ${ratio(result, changed)}, ${first.peakRssMb} MB`,
  );
  check(result);
  return result;
}

/** Measures memory with a million records, to compare with a hundred thousand. */
async function measureMillion(): Promise<RunReport> {
  const feed = join(folder, "million.csv");
  await writeFeed(feed, "csv", 1_000_000);
  const report = await run("bench-csv", feed);
  await rm(feed);
  await forget();
  say(`csv 1000000: ${report.durationMs} ms, ${report.peakRssMb} MB`);
  return report;
}

/** Changes the file but none of its records. */
async function touch(feed: string, format: BenchFormat, count: number): Promise<void> {
  if (format === "excel") return writeFeed(feed, format, count); // a rewritten archive has other bytes, because it contains the time
  await appendFile(feed, "\n");
}

/** Runs in a separate process, so that the measured memory belongs to this run only. */
async function run(connector: string, file: string): Promise<RunReport> {
  const environment = { ...process.env, DATABASE_URL: database.url, MOISSON_CONNECTORS: folder, REDIS_URL: "" };
  const args = ["dist/src/cli/main.js", "run", connector, "--file", file, "--json"];
  const { stdout } = await execute(process.execPath, args, { cwd: projectRoot, env: environment, maxBuffer: 64 * 1024 ** 2 });
  return JSON.parse(stdout) as RunReport;
}

/** Empties the catalogue between feeds. */
async function forget(): Promise<void> {
  const { default: postgres } = await import("postgres");
  const sql = postgres(database.url, { max: 1, onnotice: () => undefined });
  await sql.unsafe("drop schema if exists moisson cascade");
  await sql.end();
}

function check({ format, count, first, same, changed }: Measured): void {
  const rejected = first.counts.rejected;
  if (first.counts.created !== count - rejected) throw new Error(`${format} ${count}: ${first.counts.created} created`);
  if (same.counts.unchanged !== count - rejected || same.counts.updated > 0)
    throw new Error(`${format} ${count}: ${same.counts.updated} updated by the same records`);
  if (changed.counts.updated === 0 || changed.counts.updated > count / 40)
    throw new Error(`${format} ${count}: ${changed.counts.updated} updated by 2 %`);
}

function ratio({ copySeconds }: Measured, report: RunReport): string {
  return `${(copySeconds / (report.durationMs / 1000)).toFixed(2)}×`;
}

/** Returns a table with the machine and the rates of every feed. */
function importTable({ version }: BenchDatabase, rowByRow: number, all: readonly Measured[]): string {
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.version}, ${version}`;
  const rows = all.map((one) => {
    const rate = (report: RunReport) => `${figure(one.count / (report.durationMs / 1000))} (${ratio(one, report)})`;
    const peaks = `${one.first.peakRssMb} / ${one.same.peakRssMb}`;
    const cells = [rate(one.first), rate(one.same), rate(one.changed), peaks];
    return `| ${one.format} | ${figure(one.count)} | ${one.megabytes.toFixed(1)} | ${figure(one.count / one.copySeconds)} | ${cells.join(" | ")} |`;
  });
  return `Machine: ${machine}.

| format | records | MB | COPY | first import | no record changed | 2 % changed | peak MB first / no change |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join("\n")}

For comparison, a simple importer with one upsert per row, each in its own transaction, without reading, cleaning or history: ${figure(rowByRow)} rows/s.`;
}

/** Returns the targets for 100,000 records in CSV, or undefined if that feed was not measured. */
function targetTable(all: readonly Measured[], million: RunReport | null): string | undefined {
  const large = all.find((one) => one.format === "csv" && one.count === 100_000);
  if (large === undefined) return undefined;
  const peak = Math.max(large.first.peakRssMb, large.same.peakRssMb, large.changed.peakRssMb);
  const atMillion =
    million === null
      ? "not measured"
      : `${(million.peakRssMb / large.first.peakRssMb).toFixed(2)} times (${million.peakRssMb} MB, ${Math.round(million.durationMs / 1000)} s)`;
  return `| | target | measured |
| --- | --- | --- |
| first import | ≥ 0.35× | ${ratio(large, large.first)} |
| one byte of the file changed, no record | ≥ 1.5× | ${ratio(large, large.same)} |
| 2 % of the records changed | ≥ 1.3× | ${ratio(large, large.changed)} |
| peak memory | < 300 MB | ${peak} MB |
| peak memory at 1,000,000 records | < 1.2 times that at 100,000 | ${atMillion} |`;
}

/** Returns the stages of the first import of the largest CSV, or undefined if they were not measured. */
function stageTable(all: readonly Measured[], stages: StageTimes | null): string | undefined {
  const largest = all.filter(({ format }) => format === "csv").at(-1);
  if (largest === undefined || stages === null) return undefined;
  const whole = largest.first.durationMs / 1000;
  const row = (stage: string, took: number) => `| ${stage} | ${took.toFixed(1)} s | ${Math.round((took / whole) * 100)} % |`;
  return [
    "| stage | seconds | share |",
    "| --- | ---: | ---: |",
    row("hash of the file", stages.hash),
    row("decode", stages.decode),
    row("map, clean, validate, fingerprint", stages.mapAndValidate - stages.decode),
    row("database: store the snapshot, stage, plan, apply, report", whole - stages.hash - stages.mapAndValidate),
    row(`all, ${figure(largest.count)} records`, whole),
  ].join("\n");
}

/** Returns the steps of large plans, or undefined if none was measured. */
function planTable(plans: readonly PlanTimes[]): string | undefined {
  const [first] = plans;
  if (first === undefined) return undefined;
  const rows = first.steps.map(({ step }, i) => {
    const cells = plans.map(({ steps }) => ` ${steps[i]?.seconds.toFixed(1)} s, ${steps[i]?.peakMb} MB |`).join("");
    return `| ${step} |${cells}`;
  });
  const header = plans.map(({ changes }) => ` ${figure(changes)} changes |`).join("");
  return [`| step |${header}`, `| --- |${plans.map(() => " ---: |").join("")}`, ...rows].join("\n");
}

function figure(value: number): string {
  return Math.round(value).toLocaleString("en");
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
