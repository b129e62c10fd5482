import { appendFile, copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { timeCopy } from "./baselines.ts";
import { type BenchDatabase, emptyCatalogue, machineOf } from "./bench-database.ts";
import { type BenchText, benchTexts, writeFeed } from "./make-feed.ts";
import { createCatalogue, type MeasuredRun, runMeasured } from "./measured-run.ts";
import { type Comparison, compareFigures, figureOf, type QuickFigures } from "./quick-figures.ts";

const storedFile = fileURLToPath(new URL("quick.json", import.meta.url));
const records = Number(process.env.MOISSON_BENCH_QUICK_RECORDS ?? 20_000);
const repetitions = 3;
const runs = ["first", "same", "2 %"] as const;

/** A run, or the COPY next to it. */
interface Taken {
  readonly seconds: number;
  /** CPU time of all processes. */
  readonly cpuSeconds: number | null;
}

/** All repetitions of one run. */
type Repetitions = Map<string, { readonly run: Taken; readonly copy: Taken }[]>;

/**
 * Measures one CSV of each text three times and prints a table. Compares it with `quick.json`, or writes that file if `update` is true.
 * Returns false if a run became slower than accepted, or if there is nothing to compare with.
 */
export async function runQuickBench(database: BenchDatabase, folder: string, update: boolean): Promise<boolean> {
  const all: Repetitions = new Map();
  for (const text of benchTexts) await writeFeeds(folder, text);
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const text of benchTexts) await measure(database, folder, text, all);
  }
  const measured = figuresOf(all, machineOf(database));
  const stored = JSON.parse(await readFile(storedFile, "utf8")) as QuickFigures;
  const hasFigures = !update && Object.keys(stored.figures).length > 0;
  const compared = hasFigures ? compareFigures(stored, measured) : [];
  print(tableOf(all, measured, compared));
  if (update) {
    await writeFile(storedFile, `${JSON.stringify(measured, null, 2)}\n`);
    print("wrote test/bench/quick.json");
    return true;
  }
  if (!hasFigures) {
    print("There are no stored figures. Write them on an idle machine: npm run bench -- --quick --update");
    return false;
  }
  if (stored.machine !== measured.machine) print(`Note: the stored figures are of another machine: ${stored.machine}`);
  if (stored.records !== records) print(`Note: the stored figures are of ${stored.records} records.`);
  const slower = compared.filter(({ isSlower }) => isSlower);
  for (const { run, by, change, tolerance } of slower) {
    print(`SLOWER: ${run}, by ${by} time: ${percent(change)}, accepted -${(tolerance * 100).toFixed(1)} %`);
  }
  if (slower.length === 0) print("No run is slower than accepted.");
  return slower.length === 0;
}

/** Returns the path of the feed of a run. */
function feedOf(folder: string, text: BenchText, run: (typeof runs)[number]): string {
  return join(folder, `${text}-${runs.indexOf(run)}.csv`);
}

async function writeFeeds(folder: string, text: BenchText): Promise<void> {
  const [first, same, changed] = [feedOf(folder, text, "first"), feedOf(folder, text, "same"), feedOf(folder, text, "2 %")];
  await writeFeed(first, "csv", records, 0, text);
  await copyFile(first, same);
  await appendFile(same, "\n");
  await writeFeed(changed, "csv", records, 1, text);
}

/** Runs COPY, the three runs, and COPY again. The mean of both COPY is the lower limit. */
async function measure(database: BenchDatabase, folder: string, text: BenchText, all: Repetitions): Promise<void> {
  const catalogue = { url: database.url };
  await createCatalogue(catalogue);
  const before = await timeCopy(database.url, feedOf(folder, text, "first"));
  const taken: MeasuredRun[] = [];
  for (const run of runs) {
    taken.push(await runMeasured({ connector: "bench-csv", file: feedOf(folder, text, run), connectors: folder, catalogue }));
  }
  const after = await timeCopy(database.url, feedOf(folder, text, "2 %"));
  await emptyCatalogue(database.url);
  const copy = { seconds: (before.seconds + after.seconds) / 2, cpuSeconds: mean(before.cpuSeconds, after.cpuSeconds) };
  for (const [place, { seconds, nodeSeconds, databaseSeconds }] of taken.entries()) {
    const name = `${text}, ${runs[place]}`;
    const run = { seconds, cpuSeconds: databaseSeconds === null ? null : nodeSeconds + databaseSeconds };
    all.set(name, [...(all.get(name) ?? []), { run, copy }]);
    process.stderr.write(`${name}: ${seconds.toFixed(2)} s, COPY ${copy.seconds.toFixed(2)} s\n`);
  }
}

function mean(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : (a + b) / 2;
}

function figuresOf(all: Repetitions, machine: string): QuickFigures {
  const figures = [...all].map(([name, repeated]) => {
    const cpu = repeated.flatMap(({ run, copy }) => (run.cpuSeconds && copy.cpuSeconds ? [copy.cpuSeconds / run.cpuSeconds] : []));
    return [
      name,
      {
        wall: rounded(figureOf(repeated.map(({ run, copy }) => copy.seconds / run.seconds))),
        cpu: cpu.length === 0 ? null : rounded(figureOf(cpu)),
      },
    ] as const;
  });
  return { machine, records, figures: Object.fromEntries(figures) };
}

function rounded({ median, noise }: { median: number; noise: number }): { median: number; noise: number } {
  return { median: Number(median.toFixed(4)), noise: Number(noise.toFixed(4)) };
}

function tableOf(all: Repetitions, { machine, figures }: QuickFigures, compared: readonly Comparison[]): string {
  const rows = [...all].map(([name, repeated]) => {
    const seconds = figureOf(repeated.map(({ run }) => run.seconds)).median;
    const cpu = figureOf(repeated.map(({ run }) => run.cpuSeconds ?? 0)).median;
    const cells = (["wall", "cpu"] as const).map((by) => {
      const figure = figures[name]?.[by];
      const change = compared.find((one) => one.run === name && one.by === by);
      if (!figure) return "not visible";
      const compare = change === undefined ? "" : `, ${percent(change.change)}${change.isSlower ? " SLOWER" : ""}`;
      return `${figure.median.toFixed(3)}× ± ${(figure.noise * 100).toFixed(0)} %${compare}`;
    });
    return `| ${name} | ${seconds.toFixed(2)} s | ${cpu.toFixed(2)} s | ${cells.join(" | ")} |`;
  });
  return [
    `CSV, ${records.toLocaleString("en")} records, median of ${repetitions}. ${machine}`,
    "",
    "| run | wall | CPU | × COPY by wall | × COPY by CPU |",
    "| --- | ---: | ---: | ---: | ---: |",
    ...rows,
    "",
  ].join("\n");
}

function percent(change: number): string {
  return `${change < 0 ? "" : "+"}${(change * 100).toFixed(1)} %`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
