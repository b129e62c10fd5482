import { appendFile, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { projectRoot } from "../support/loaded-connectors.ts";
import { hasSharedData, sharedData } from "../support/shared-data.ts";
import { writeBetweenMarks } from "../support/write-between-marks.ts";
import { rateOfRowByRow, timeCopy } from "./baselines.ts";
import { writeBenchConnectors } from "./bench-connector.ts";
import { emptyCatalogue, machineOf, openBenchDatabase } from "./bench-database.ts";
import { importTable, type Measured, planTable, ratio, realTable, stageTable, targetTable } from "./bench-tables.ts";
import { type BenchFormat, type BenchText, benchFormats, benchTexts, writeFeed } from "./make-feed.ts";
import { createCatalogue, type MeasuredRun, type RunAsked, runMeasured } from "./measured-run.ts";
import { type PlanTimes, timePlans } from "./plan-times.ts";
import { runQuickBench } from "./quick.ts";
import { copyColumns, multiplied, type RealFile, readRealFile, realFiles, writeForCopy } from "./real-files.ts";
import { type StageTimes, timeStages } from "./stage-times.ts";

const usage = `Measures the import of feeds. Usage: npm run bench [-- --print | --quick [--update] | --help]

  (no option)       runs everything, which takes about an hour, and writes the marked tables of docs/performance.md
  --print           prints the tables instead
  --quick           runs one CSV of each text three times, in a few minutes, and compares it with test/bench/quick.json; exits with 1 if a
                    run is slower by more than 5 % and the noise, or if there are no stored figures
  --quick --update  writes test/bench/quick.json instead of comparing

Environment:
  DATABASE_URL                 server for the databases of the bench; default: an embedded PostgreSQL of its own
  MOISSON_BENCH_SIZES          numbers of records; default 1000,10000,100000,1000000 (above 100,000 only CSV and one text, above 10,000 no workbooks)
  MOISSON_BENCH_FORMATS        default csv,json,xml,excel
  MOISSON_BENCH_TEXTS          default realistic,tidy
  MOISSON_BENCH_EMBEDDED       records for the embedded catalogue; default 10000, 0 for none
  MOISSON_BENCH_REAL           minimum number of records of each multiplied real file; default 20000, 0 for none
  MOISSON_BENCH_PLANS          numbers of records for plans that change every aid; default 5250,52500, empty for none
  MOISSON_BENCH_QUICK_RECORDS  records of --quick; default 20000
`;

const options = readOptions();
const { env } = process;
const numbers = (value: string | undefined, otherwise: string) => (value ?? otherwise).split(",").filter(Boolean).map(Number);
const chosen = <T extends string>(all: readonly T[], value: string | undefined) =>
  all.filter((one) => (value ?? all.join(",")).split(",").includes(one));
const sizes = numbers(env.MOISSON_BENCH_SIZES, "1000,10000,100000,1000000");
const formats = chosen(benchFormats, env.MOISSON_BENCH_FORMATS);
const texts = chosen(benchTexts, env.MOISSON_BENCH_TEXTS);
const embeddedRecords = Number(env.MOISSON_BENCH_EMBEDDED ?? 10_000);
const realRecords = Number(env.MOISSON_BENCH_REAL ?? 20_000);
/** One in 25 records has no title and gives no aid. */
const planSizes = numbers(env.MOISSON_BENCH_PLANS, "5250,52500");
/** Larger feeds only measure memory. */
const largestOfAllFormats = 100_000;
/** Larger workbooks are rare, and exceljs needs minutes to write one. */
const largestWorkbook = 10_000;

const folder = await mkdtemp(join(tmpdir(), "moisson-bench-"));
const database = await openBenchDatabase();
const catalogue = { url: database.url };
try {
  await writeBenchConnectors(folder);
  if (options.quick) {
    if (!(await runQuickBench(database, folder, options.update))) process.exitCode = 1;
  } else await runBench();
} finally {
  await database.close();
  await rm(folder, { recursive: true, force: true });
}

/** Reads the options. Prints the usage and exits if it is asked for, or if an option is unknown. */
function readOptions() {
  const boolean = { type: "boolean", default: false } as const;
  try {
    const { values } = parseArgs({ options: { print: boolean, quick: boolean, update: boolean, help: { ...boolean, short: "h" } } });
    if (!values.help) return values;
    process.stdout.write(usage);
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    process.exit(2);
  }
}

async function runBench(): Promise<void> {
  const rowByRow = await rateOfRowByRow(database.url, 3000);
  say(`row by row: ${Math.round(rowByRow)} rows/s`);
  const measured: Measured[] = [];
  let stages: StageTimes | null = null;
  const largest = Math.max(...sizes.filter((count) => count <= largestOfAllFormats));
  for (const count of sizes) {
    for (const text of count > largestOfAllFormats ? texts.slice(0, 1) : texts) {
      const csv = join(folder, "feed.csv");
      await writeFeed(csv, "csv", count, 0, text);
      const { seconds: copySeconds } = await timeCopy(database.url, csv);
      say(`COPY of ${count}, ${text}: ${copySeconds.toFixed(2)} s`);
      // Timed before the runs, which add a line to the file.
      if (count === largest && text === texts[0]) stages = await timeStages(csv);
      for (const format of formats) {
        if (format !== "csv" && count > (format === "excel" ? largestWorkbook : largestOfAllFormats)) continue;
        measured.push(await measure({ format, text, count, copySeconds, isEmbedded: false }, csv));
      }
      if (count === embeddedRecords) measured.push(await measure({ format: "csv", text, count, copySeconds, isEmbedded: true }, csv));
      await rm(csv);
    }
  }
  await publish({
    import: importTable(machineOf(database), rowByRow, measured),
    targets: targetTable(measured),
    stages: stageTable(measured, largest, stages),
  });
  const plans: PlanTimes[] = [];
  for (const count of planSizes) {
    plans.push(await timePlans(database.url, folder, count));
    await emptyCatalogue(database.url);
  }
  await publish({ plans: planTable(plans) });
  await publish({ real: realTable(await measureRealFiles()) });
}

/** Prints tables or writes them into docs/performance.md, by name. A failure later does not lose them. */
async function publish(tables: Readonly<Record<string, string | undefined>>): Promise<void> {
  const made = Object.fromEntries(Object.entries(tables).filter((entry): entry is [string, string] => entry[1] !== undefined));
  if (options.print) process.stdout.write(`${Object.values(made).join("\n\n")}\n\n`);
  else {
    await writeBetweenMarks(join(projectRoot, "docs/performance.md"), made);
    say(`docs/performance.md: ${Object.keys(made).join(", ")} written`);
  }
}

type Feed = Pick<Measured, "format" | "text" | "count" | "copySeconds" | "isEmbedded"> & { readonly text: BenchText };

async function measure(feed: Feed, csv: string): Promise<Measured> {
  const { format, text, count } = feed;
  const file = format === "csv" ? csv : join(folder, `feed.${extensionOf(format)}`);
  const write = (path: string, version = 0) => writeFeed(path, format, count, version, text);
  if (format !== "csv") await write(file);
  const measured = await measureRuns(feed, `bench-${format}`, file, write);
  if (format !== "csv") await rm(file);
  check(measured);
  return measured;
}

/** Multiplies a real file of each format and runs it with its connector. */
async function measureRealFiles(): Promise<Measured[]> {
  if (realRecords === 0) return [];
  if (!hasSharedData) {
    say(`SKIPPED: the real files are missing (${sharedData}). The table of real files stays as it is.`);
    return [];
  }
  const measured: Measured[] = [];
  for (const real of realFiles.filter(({ format }) => formats.includes(format))) measured.push(await measureRealFile(real));
  return measured;
}

async function measureRealFile(real: RealFile): Promise<Measured> {
  const records = await readRealFile(real);
  const file = join(folder, `real.${extensionOf(real.format)}`);
  const write = (path: string, version = 0) => real.write(path, multiplied(real, records, realRecords, version));
  await write(file);
  const copied = join(folder, "copied.csv");
  await writeForCopy(copied, multiplied(real, records, realRecords));
  const { seconds: copySeconds } = await timeCopy(database.url, copied, copyColumns);
  const count = Math.ceil(realRecords / records.length) * records.length;
  const text = `${real.connector}${real.note === undefined ? "" : ` (${real.note})`}`;
  const measured = await measureRuns({ format: real.format, text, count, copySeconds, isEmbedded: false }, real.connector, file, write);
  await Promise.all([rm(file), rm(copied)]);
  const { first, same, changed } = measured;
  if (first.report.counts.created === 0 || same.report.counts.updated > 0 || changed.report.counts.updated === 0)
    throw new Error(`${real.connector}: ${JSON.stringify([first, same, changed].map(({ report }) => report.counts))}`);
  return measured;
}

/** Imports a feed into an empty catalogue, then with other bytes but the same records, then with 2 % changed records. */
async function measureRuns(
  feed: Pick<Measured, "format" | "text" | "count" | "copySeconds" | "isEmbedded">,
  connector: string,
  file: string,
  write: (path: string, version?: number) => Promise<void>,
): Promise<Measured> {
  const { size } = await stat(file);
  const home = join(folder, "embedded");
  const where: RunAsked["catalogue"] = feed.isEmbedded ? { home } : catalogue;
  const run = (path: string): Promise<MeasuredRun> => runMeasured({ connector, file: path, connectors: folder, catalogue: where });
  await createCatalogue(where);
  const first = await run(file);
  // A rewritten workbook has other bytes, because it contains the time.
  if (feed.format === "excel") await write(file);
  else await appendFile(file, "\n");
  const same = await run(file);
  const other = join(folder, `changed.${extensionOf(feed.format)}`);
  await write(other, 1);
  const changed = await run(other);
  await rm(other);
  if (feed.isEmbedded) await rm(home, { recursive: true, force: true });
  else await emptyCatalogue(database.url);
  const measured = { ...feed, megabytes: size / 1e6, first, same, changed };
  const ratios = [first, same, changed].map((one) => `${ratio(measured, one)}, ${one.peakMb} MB`).join(" / ");
  say(`${feed.format} ${feed.count}, ${feed.text}${feed.isEmbedded ? ", embedded" : ""}: first / same / 2 % changed ${ratios}`);
  return measured;
}

function check({ format, count, first, same, changed }: Measured): void {
  const { created, rejected } = first.report.counts;
  if (created !== count - rejected) throw new Error(`${format} ${count}: ${created} created`);
  if (same.report.counts.unchanged !== count - rejected || same.report.counts.updated > 0)
    throw new Error(`${format} ${count}: ${same.report.counts.updated} updated by the same records`);
  const { updated } = changed.report.counts;
  if (updated === 0 || updated > count / 40) throw new Error(`${format} ${count}: ${updated} updated by 2 %`);
}

function extensionOf(format: BenchFormat): string {
  return format === "excel" ? "xlsx" : format;
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
