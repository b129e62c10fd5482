// Replays a series of versions of a feed, each at its own time: `npm run nights -- [SERIES] [--every N] [--from DAY] [--to DAY] [--json FILE]`.
import { createReadStream, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import { guardMessage } from "../../src/cli/english/guards.ts";
import { runIngestion } from "../../src/ingest/run.ts";
import type { LoadedConnector } from "../../src/kit/loaded-connector.ts";
import { goodOutcomes } from "../../src/model/run/run-error.ts";
import { checkConnector } from "../../src/registry/check-connector.ts";
import { loadTermFiles } from "../../src/registry/terms/load-term-files.ts";
import { proposeConnector } from "../../src/survey/propose/propose-connector.ts";
import { surveyFeed } from "../../src/survey/survey-feed.ts";
import { loadedConnector, projectRoot } from "../support/loaded-connectors.ts";
import { testServices } from "../support/test-services.ts";
import { openDriftPlace } from "./drift-place.ts";
import { oldValues } from "./old-values.ts";
import { seriesNames, type Version, withSeries } from "./series.ts";

/** Connectors that read a series. The survey proposes a connector for the others. */
const connectors: Readonly<Record<string, string>> = { eu_grants: "eu-funding-tenders" };

const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    every: { type: "string", default: "1" },
    from: { type: "string", default: "" },
    to: { type: "string", default: "9999" },
    json: { type: "string" },
  },
});
const print = (text: string) => void process.stdout.write(`${text}\n`);

/** What happened in a night. */
interface Night {
  readonly at: string;
  readonly outcome: string;
  readonly holds: readonly string[];
  readonly warnings: readonly string[];
  readonly counts: Readonly<Record<"received" | "created" | "updated" | "proposals" | "missing" | "withdrawn", number>>;
  /** Values of aids in the feed that the feed does not contain any more, by field. */
  readonly old: Readonly<Record<string, number>>;
  readonly seconds: number;
}

async function connectorOf(series: string, first: Version): Promise<LoadedConnector> {
  const known = connectors[series];
  if (known !== undefined) return active(await loadedConnector(known));
  const id = series.replaceAll("_", "-");
  const { path, at } = first;
  const part = { name: basename(path), contentType: null, bytes: statSync(path).size, path, open: () => createReadStream(path) };
  const { lookup } = await loadTermFiles([projectRoot], id);
  const { definition } = proposeConnector(await surveyFeed(part, { today: at.toISOString().slice(0, 10) }), lookup, {
    id,
    feed: { url: "https://example.org/aides.json" },
    publisher: { name: "Agence Exemple", kind: "agency", territory: { scale: "country", code: "FRA" }, licence: "unknown" },
    isPublisherGiven: false,
    territory: null,
    knownTerms: [],
  });
  const checked = checkConnector(definition);
  if ("problems" in checked) throw new Error(`no connector for ${series}: ${JSON.stringify(checked.problems)}`);
  return active({ definition: checked.connector, terms: lookup, fingerprint: `survey of ${series}`, file: null, folder: null });
}

function active(connector: LoadedConnector): LoadedConnector {
  return { ...connector, definition: { ...connector.definition, state: "active" } };
}

/** Runs a version at its time. A person applies it if it is held, so that the next night compares with this one. */
async function runVersion(catalogue: Catalogue, connector: LoadedConnector, { path, at }: Version): Promise<Night> {
  const begun = performance.now();
  const clock = { now: () => at, fixed: at.toISOString(), elapsed: () => performance.now() };
  const report = await runIngestion(connector, testServices(catalogue, { clock }), { file: path });
  const seconds = (performance.now() - begun) / 1000;
  if (report.outcome === "held") await catalogue.plans.apply(report.planId ?? "", { token: null, now: at, appliedBy: "ops", note: "seen" });
  const { received, created, updated, proposals, missing, withdrawn } = report.counts;
  return {
    at: at.toISOString(),
    outcome: report.outcome,
    holds: [...report.guards.map(guardMessage), ...(report.error === null ? [] : [report.error.code])],
    warnings: report.warnings.map(guardMessage),
    counts: { received, created, updated, proposals, missing, withdrawn },
    old: report.error === null ? await oldValues(catalogue, connector, path) : {},
    seconds,
  };
}

function line({ at, outcome, holds, warnings, counts, old, seconds }: Night): string {
  const { received, created, updated, proposals, missing, withdrawn } = counts;
  const changes = [received, created, updated, proposals, missing, withdrawn].join(" | ");
  return `| ${at.slice(0, 16)} | ${outcome} | ${holds.length} | ${warnings.length} | ${changes} | ${sumOf(old)} | ${seconds.toFixed(1)} |`;
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

async function replay(series: string): Promise<void> {
  const every = Number(asked.every);
  const place = await openDriftPlace();
  try {
    await withSeries(series, async (all) => {
      const days = all.filter(({ at }) => at.toISOString() >= asked.from && at.toISOString().slice(0, asked.to.length) <= asked.to);
      const versions = days.filter((_, index) => index % every === 0);
      const [first] = versions;
      if (first === undefined) throw new Error("no version in this time");
      const connector = await connectorOf(series, first);
      const { catalogue, drop } = await place.filled(series, async () => undefined);
      const nights: Night[] = [];
      print(`${versions.length} of ${all.length} versions of ${series}, read by ${connector.definition.id}.\n`);
      print(
        "| night | outcome | holds | warnings | received | created | updated | proposals | missing | withdrawn | values older than the feed | s |",
      );
      print(`| --- | --- |${" ---: |".repeat(10)}`);
      for (const version of versions) {
        const night = await runVersion(catalogue, connector, version);
        nights.push(night);
        print(line(night));
      }
      await drop();
      printTotals(nights);
      if (asked.json !== undefined) await writeFile(asked.json, `${JSON.stringify(nights, null, 1)}\n`);
    });
  } finally {
    await place.close();
  }
}

/** The first night cannot be held needlessly: there is nothing to compare with. */
function printTotals(nights: readonly Night[]): void {
  const later = nights.slice(1);
  const stopped = nights.filter(({ outcome }) => !goodOutcomes.has(outcome as never));
  const held = later.filter((night) => stopped.includes(night));
  const warned = later.filter(({ warnings }) => warnings.length > 0);
  const minutes = nights.reduce((sum, { seconds }) => sum + seconds, 0) / 60;
  const share = later.length === 0 ? "" : ` (${((100 * held.length) / later.length).toFixed(1)} per 100 nights)`;
  print(
    `\n${later.length} nights after the first: ${held.length} held${share}, ${warned.length} with a warning. ${minutes.toFixed(1)} minutes.`,
  );
  print(`Values older than the feed after the last night: ${JSON.stringify(nights.at(-1)?.old ?? {})}.`);
  for (const { at, outcome, holds } of stopped) print(`- ${at.slice(0, 16)} ${outcome}: ${holds.join("; ")}`);
  for (const { at, warnings } of warned) print(`- ${at.slice(0, 16)} warned: ${warnings.join("; ")}`);
}

const [series] = positionals;
if (series === undefined || !seriesNames().includes(series)) {
  print(`Name a series: ${seriesNames().join(", ") || "the shared data has none"}.`);
  process.exitCode = 2;
} else {
  await replay(series);
}
