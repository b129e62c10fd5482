import { execFile } from "node:child_process";
import { appendFile, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { projectRoot } from "../support/loaded-connectors.ts";
import { rateOfRowByRow, timeCopy } from "./baselines.ts";
import { writeBenchConnectors } from "./bench-connector.ts";
import { type BenchDatabase, openBenchDatabase } from "./bench-database.ts";
import { type BenchFormat, benchFormats, writeFeed } from "./make-feed.ts";
import { type PlanTimes, timePlans } from "./plan-times.ts";
import { type StageTimes, timeStages } from "./stage-times.ts";

const execute = promisify(execFile);

/** One feed through the whole path: first import, one byte of the file changed, 2 % of the records changed. */
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
/** A workbook of this many rows is past what a publisher sends; exceljs needs minutes to write one. */
const largestWorkbook = 10_000;
/** Records of which every aid is changed in a plan; one in 25 has no title and is none. */
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
  await writeFile(join(projectRoot, "docs/performance.md"), page(database, rowByRow, measured, million, stages, plans));
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

/** Memory at a million records, against a hundred thousand. */
async function measureMillion(): Promise<RunReport> {
  const feed = join(folder, "million.csv");
  await writeFeed(feed, "csv", 1_000_000);
  const report = await run("bench-csv", feed);
  await rm(feed);
  await forget();
  say(`csv 1000000: ${report.durationMs} ms, ${report.peakRssMb} MB`);
  return report;
}

/** Changes the file and none of its records. */
async function touch(feed: string, format: BenchFormat, count: number): Promise<void> {
  if (format === "excel") return writeFeed(feed, format, count); // written again: the archive holds the time of writing
  await appendFile(feed, "\n");
}

/** A process of its own for each run, so that memory is that run's. */
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

function page(
  { version }: BenchDatabase,
  rowByRow: number,
  all: readonly Measured[],
  million: RunReport | null,
  stages: StageTimes | null,
  plans: readonly PlanTimes[],
): string {
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.version}, ${version}`;
  const rows = all.map((one) => {
    const perSecond = (report: RunReport) => Math.round(one.count / (report.durationMs / 1000)).toLocaleString("en");
    return `| ${one.format} | ${one.count.toLocaleString("en")} | ${one.megabytes.toFixed(1)} | ${Math.round(one.count / one.copySeconds).toLocaleString("en")} | ${perSecond(one.first)} (${ratio(one, one.first)}) | ${perSecond(one.same)} (${ratio(one, one.same)}) | ${perSecond(one.changed)} (${ratio(one, one.changed)}) | ${one.first.peakRssMb} / ${one.same.peakRssMb} |`;
  });
  const large = all.find((one) => one.format === "csv" && one.count === 100_000);
  const target = large
    ? `
## Against the targets

CSV, 100,000 records, against the COPY of the same run:

| | asked | reached |
| --- | --- | --- |
| first import | ≥ 0.35× | ${ratio(large, large.first)} |
| same records, one byte of the file changed | ≥ 1.5× | ${ratio(large, large.same)} |
| 2 % of the records changed | ≥ 1.3× | ${ratio(large, large.changed)} |
| peak memory | < 300 MB | ${Math.max(large.first.peakRssMb, large.same.peakRssMb, large.changed.peakRssMb)} MB |
| peak memory at 1,000,000 records | < 1.2 times that at 100,000 | ${million ? `${(million.peakRssMb / large.first.peakRssMb).toFixed(2)} times (${million.peakRssMb} MB, ${Math.round(million.durationMs / 1000)} s)` : "not measured"} |

What holds the first import is the one thread that reads: cleaning HTML, the field rules, the schema, the JSON for the database. On two cores that
PostgreSQL shares, more threads could take it to about 0.25×. What holds the second run is reading, hashing and keeping a file of 300 MB.
Memory is V8's young generation, which grows where there is room: \`node --max-semi-space-size=8 dist/src/cli/main.js …\` takes some 25 MB off, at 5 % of the speed.
`
    : "";
  return `# How fast it is

Written by \`npm run bench\`; ratios travel, absolute figures do not. Machine: ${machine}.

A record has 20 columns and about 3 KB, mostly HTML; one in five has something to report (an impossible date, an unknown word, a broken link, a rate
that cannot be read, a missing title). The whole path is measured: hash and keep the snapshot, decode, map, clean, validate, stage, plan, apply,
report, in a process of its own. COPY is PostgreSQL's own, of the same rows, into one logged table of 20 text columns with a primary key, in the
same run. Rows per second, and the ratio to that COPY.

| format | records | MB | COPY | first import | same records, file changed | 2 % changed | peak MB first / same |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join("\n")}

One upsert a row, each its own transaction, the way of a simple importer, without reading, cleaning or history: ${Math.round(rowByRow).toLocaleString("en")} rows/s.
${target}${whereTimeGoes(all, stages)}${planSection(plans)}`;
}

/** What the first import of the largest CSV is made of. */
function whereTimeGoes(all: readonly Measured[], stages: StageTimes | null): string {
  const largest = all.filter(({ format }) => format === "csv").at(-1);
  if (largest === undefined || stages === null) return "";
  const whole = largest.first.durationMs / 1000;
  const reading = stages.mapAndValidate - stages.decode;
  const rest = whole - stages.hash - stages.mapAndValidate;
  const row = (what: string, took: number) => `| ${what} | ${took.toFixed(1)} s | ${Math.round((took / whole) * 100)} % |`;
  return `
## Where the time goes

First import of ${largest.count.toLocaleString("en")} records, CSV, ${whole.toFixed(1)} s. The first three stages alone, without a database:

| stage | seconds | of the whole |
| --- | ---: | ---: |
${row("hash of the file", stages.hash)}
${row("decode", stages.decode)}
${row("map, clean, validate, fingerprint", reading)}
${row("what the database adds: keep the snapshot, stage, plan, apply, report", rest)}

Reading runs on one thread, beside PostgreSQL on another core. Half of it is cleaning HTML; the other half is spread thin over the field rules, the
schema, and the JSON that goes to the database. COPY does none of that: it is the floor of writing, not a way to import. A second run is fast because a
row that is known by its hash is not read again; what is left is reading and hashing the file, keeping its snapshot, and asking the catalogue.
`;
}

/** What plans of many changes cost. */
function planSection(plans: readonly PlanTimes[]): string {
  const [first] = plans;
  if (first === undefined) return "";
  const header = plans.map(({ changes }) => ` ${changes.toLocaleString("en")} changes |`).join("");
  const rows = first.steps.map(({ step }, i) => {
    const cells = plans.map(({ steps }) => ` ${steps[i]?.seconds.toFixed(1)} s, ${steps[i]?.peakMb} MB |`).join("");
    return `| ${step} |${cells}`;
  });
  return `
## Plans of many changes

Every aid of a catalogue is changed in two fields, a text and a date; each command is a process of its own, its start included.

| step |${header}
| --- |${plans.map(() => " ---: |").join("")}
${rows.join("\n")}
`;
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
