import type { BenchFormat } from "./make-feed.ts";
import type { MeasuredRun } from "./measured-run.ts";
import type { PlanTimes } from "./plan-times.ts";
import type { StageTimes } from "./stage-times.ts";

/** Runs of one feed: first import, one changed byte, 2 % changed records. */
export interface Measured {
  readonly format: BenchFormat;
  /** Kind of text, or the connector of a real file. */
  readonly text: string;
  readonly count: number;
  readonly isEmbedded: boolean;
  readonly megabytes: number;
  readonly copySeconds: number;
  readonly first: MeasuredRun;
  readonly same: MeasuredRun;
  readonly changed: MeasuredRun;
}

/** Returns how fast a run is relative to COPY: "0.50×". */
export function ratio({ copySeconds }: Measured, { seconds }: MeasuredRun): string {
  return `${(copySeconds / seconds).toFixed(2)}×`;
}

/** Returns a table with the machine and the rates of every feed. */
export function importTable(machine: string, rowByRow: number, all: readonly Measured[]): string {
  return `Machine: ${machine}.

${ratesTable("text", all)}

For comparison, a simple importer writes ${figure(rowByRow)} rows/s. It makes one upsert per row, each in its own transaction.
It does not read or clean values, and keeps no history.`;
}

/** Returns the table of multiplied real files, or undefined if none was measured. */
export function realTable(all: readonly Measured[]): string | undefined {
  return all.length === 0 ? undefined : ratesTable("connector", all);
}

function ratesTable(text: string, all: readonly Measured[]): string {
  const rows = all.map((one) => {
    const runs = [one.first, one.same, one.changed];
    const rates = runs.map((run) => `${figure(one.count / run.seconds)} (${ratio(one, run)})`);
    const cpu = runs.map(({ nodeSeconds, databaseSeconds }) => {
      const micros = (seconds: number) => Math.round((seconds / one.count) * 1e6);
      return databaseSeconds === null ? `${micros(nodeSeconds)}` : `${micros(nodeSeconds)} + ${micros(databaseSeconds)}`;
    });
    const cells = [
      one.isEmbedded ? `${one.format}, embedded catalogue` : one.format,
      one.text,
      figure(one.count),
      one.megabytes.toFixed(1),
      figure(one.count / one.copySeconds),
      ...rates,
      cpu.join(" / "),
      runs.map(({ peakMb }) => peakMb).join(" / "),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return `| format | ${text} | records | MB | COPY | first import | no record changed | 2 % changed | CPU µs per record: first / none / 2 % | peak MB: first / none / 2 % |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join("\n")}`;
}

/** Returns the targets for 100,000 records in CSV, or undefined if that feed was not measured. */
export function targetTable(all: readonly Measured[]): string | undefined {
  const ofText = (text: string) => {
    const csv = all.filter((one) => one.format === "csv" && one.text === text && !one.isEmbedded);
    return { large: csv.find(({ count }) => count === 100_000), million: csv.find(({ count }) => count === 1_000_000) };
  };
  const texts = [ofText("realistic"), ofText("tidy")];
  if (texts.every(({ large }) => large === undefined)) return undefined;
  const row = (name: string, targets: string, of: (large: Measured, million: Measured | undefined) => string) => {
    const cells = texts.map(({ large, million }) => (large === undefined ? "not measured" : of(large, million)));
    return `| ${name} | ${targets} | ${cells.join(" | ")} |`;
  };
  return [
    "| | target: realistic / tidy | realistic | tidy |",
    "| --- | --- | --- | --- |",
    row("first import", "≥ 0.30× / ≥ 0.35×", (one) => ratio(one, one.first)),
    row("one byte of the file changed, no record", "≥ 1.7×", (one) => ratio(one, one.same)),
    row("2 % of the records changed", "≥ 1.0×", (one) => ratio(one, one.changed)),
    row("peak memory of all processes", "≤ 400 MB", (one) => `${peakOf(one)} MB`),
    row("peak memory at 1,000,000 records", "≤ 1.2 times that at 100,000", (one, million) =>
      million === undefined
        ? "not measured"
        : `${(peakOf(million) / peakOf(one)).toFixed(2)} times (${peakOf(million)} MB, ${Math.round(million.first.seconds)} s)`,
    ),
  ].join("\n");
}

function peakOf({ first, same, changed }: Measured): number {
  return Math.max(first.peakMb, same.peakMb, changed.peakMb);
}

/** Returns the stages of a first import of `count` records of the first text, or undefined if they were not measured. */
export function stageTable(all: readonly Measured[], count: number, stages: StageTimes | null): string | undefined {
  const measured = all.find((one) => one.format === "csv" && one.count === count && !one.isEmbedded);
  if (measured === undefined || stages === null) return undefined;
  const whole = measured.first.seconds;
  const row = (stage: string, took: number) => `| ${stage} | ${took.toFixed(1)} s | ${Math.round((took / whole) * 100)} % |`;
  return [
    "| stage | seconds | share |",
    "| --- | ---: | ---: |",
    row("hash of the file", stages.hash),
    row("decode", stages.decode),
    row("map, clean, validate, fingerprint", stages.mapAndValidate - stages.decode),
    row("database: store the snapshot, stage, plan, apply, report", whole - stages.hash - stages.mapAndValidate),
    row(`all, ${figure(count)} records, ${measured.text} text`, whole),
  ].join("\n");
}

/** Returns the steps of large plans, or undefined if none was measured. */
export function planTable(plans: readonly PlanTimes[]): string | undefined {
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
