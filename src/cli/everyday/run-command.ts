import { existsSync, statSync } from "node:fs";
import { runIngestion } from "../../ingest/run.ts";
import type { RunOptions } from "../../ingest/run-inputs.ts";
import { missingVariables } from "../../jobs/schedule/missing-variables.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import { goodOutcomes } from "../../model/run/run-error.ts";
import type { RunReport, StageProgress } from "../../model/run/run-report.ts";
import { asidesIn } from "../../model/run/set-aside.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { CommandContext } from "../context.ts";
import { exitCodes, WrongUse } from "../exit.ts";
import { runProgress } from "../progress-bar.ts";
import { readLiveExport } from "../publishers/live-export.ts";
import { showComparison } from "../publishers/show-comparison.ts";
import { renderReport, renderSummary, reportJson } from "../render/render-report.ts";
import type { Terminal } from "../terminal.ts";
import { queueRuns } from "./queue-runs.ts";
import { refuseWhilePaused, waitForTurn } from "./wait-for-turn.ts";

/** Options of `moisson run`. */
export interface RunFlags {
  all?: true;
  file?: string;
  url?: string;
  snapshot?: string;
  dryRun?: true;
  limit?: number;
  force?: true;
  queue?: true;
  by?: string;
  compare?: true;
  from?: string;
  json?: true;
}

/** Runs the named connectors, or all that can run, and prints their reports. */
export async function runConnectors(context: CommandContext, ids: readonly string[], flags: RunFlags): Promise<void> {
  // Check the flags before opening the catalogue, which another process may have open.
  checkFlags(ids, flags);
  process.exitCode = await context.withConnectors(() => run(context, ids, flags));
}

function checkFlags(ids: readonly string[], flags: RunFlags): void {
  const single = flags.file !== undefined || flags.url !== undefined || flags.snapshot !== undefined;
  if (flags.all && ids.length > 0) throw new WrongUse("name connectors or give --all, not both");
  if (!flags.all && ids.length === 0) throw new WrongUse("name a connector, or give --all; `moisson connectors` lists them");
  if (single && (flags.all || ids.length !== 1)) throw new WrongUse("--file, --url and --snapshot take exactly one connector");
  if ([flags.file, flags.url, flags.snapshot].filter((given) => given !== undefined).length > 1) {
    throw new WrongUse("give one of --file, --url and --snapshot");
  }
  if (flags.file !== undefined && !(existsSync(flags.file) && statSync(flags.file).isFile()))
    throw new WrongUse(`no such file: ${flags.file}`);
  if (flags.url !== undefined && !/^https?:\/\//.test(flags.url))
    throw new WrongUse("--url takes an address that begins with http:// or https://");

  checkComparison(ids, flags);
  if (flags.queue && (flags.file !== undefined || flags.compare))
    throw new WrongUse("--queue takes no --file and no --compare: another machine may do the run");
  if (flags.by !== undefined && !flags.queue) throw new WrongUse("--by requires --queue");
}

async function run(context: CommandContext, ids: readonly string[], flags: RunFlags): Promise<number> {
  const { terminal } = context;
  const chosen = flags.all ? await runnableConnectors(context) : await context.connectorsNamed([...new Set(ids)]);
  const { all: _, queue, by, json, compare, from, ...options } = flags;
  const areSeveral = flags.all === true || ids.length > 1;
  if (queue) {
    await queueRuns(context, chosen, options as RunOptions, {
      several: areSeveral,
      ...(by && { by }),
      ...(json && { json }),
    });
    return exitCodes.success;
  }
  const live = from === undefined ? null : await readLiveExport(from);
  let comparison: unknown;
  const { reports, asidesOf } = await context.withCatalogue(async (catalogue, services) => {
    const done: RunReport[] = [];
    const setAsides = await catalogue.setAsides.list();
    const today = parisDay(services.clock.now());
    const asidesOf = (report: RunReport) => asidesIn(report, setAsides, today);
    await refuseWhilePaused(catalogue);
    for (const connector of chosen) {
      await waitForTurn(context, catalogue, connector.definition.id);
      const { id } = connector.definition;
      const onProgress = (progress: StageProgress) => terminal.progress(runProgress(id, progress, areSeveral));
      const report = await runIngestion(connector, { ...services, onProgress }, {
        ...options,
        ...(compare && { dryRun: true }),
      } as RunOptions);
      endProgress(terminal, report, areSeveral);
      done.push(report);
      const plan = report.planId === null ? null : await catalogue.plans.find(report.planId);
      if (!json)
        terminal.out(`${renderReport(report, connector.definition.publisher.name, terminal.colors, { plan }, asidesOf(report))}\n`);
      if (live !== null) comparison = await showComparison(context, catalogue, report, live, json === true);
    }
    return { reports: done, asidesOf };
  });
  const inJson = reports.map((report) => reportJson(report, asidesOf(report)));
  if (json) terminal.out(JSON.stringify(areSeveral ? inJson : { ...inJson[0], comparison }, null, 2));
  else if (areSeveral && reports.length > 0) terminal.out(renderSummary(reports, terminal.colors));
  return reports.every((report) => goodOutcomes.has(report.outcome)) ? exitCodes.success : exitCodes.failure;
}

function checkComparison(ids: readonly string[], { compare, from, all, limit }: RunFlags): void {
  if (compare === undefined && from === undefined) return;
  if (compare === undefined || from === undefined) throw new WrongUse("--compare and --from <export> go together");
  if (all || ids.length !== 1) throw new WrongUse("--compare takes exactly one connector");
  if (limit !== undefined) throw new WrongUse("--compare looks at the whole feed: leave --limit out");
}

/** Returns the active connectors whose address and secrets are set. Prints the others to stderr. */
async function runnableConnectors({ connectors, environment, terminal, withCatalogue }: CommandContext): Promise<LoadedConnector[]> {
  const stored = new Set((await withCatalogue(({ secrets }) => secrets.list())).map(({ name }) => name));
  const chosen: LoadedConnector[] = [];
  for (const connector of (await connectors()).connectors) {
    const { id, state, because } = connector.definition;
    const missing = missingVariables(connector.definition, environment, stored);
    if (state !== "active") terminal.err(`left out: ${id} is ${state}${because ? `: ${because}` : ""}`);
    else if (missing.length > 0) terminal.err(`left out: ${id} needs ${missing.join(", ")}`);
    else chosen.push(connector);
  }
  return chosen;
}

/** Ends the progress line. With several connectors the line stays, with the outcome and the records of the run. */
function endProgress(terminal: Terminal, { connector, outcome, counts: { received } }: RunReport, isKept: boolean): void {
  if (isKept) terminal.progress({ title: connector, step: outcome, done: received, total: received, unit: "records", isKept });
  terminal.progress(null);
}
