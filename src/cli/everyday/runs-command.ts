import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { outgrownSize } from "../../catalogue/outgrown-size.ts";
import type { RunRecord } from "../../catalogue/runs/run-repository.ts";
import { everything } from "../../catalogue/runs/schedule-repository.ts";
import { repairsIn } from "../../model/run/run-attention.ts";
import type { RunReport } from "../../model/run/run-report.ts";
import { asidesIn } from "../../model/run/set-aside.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { CommandContext } from "../context.ts";
import { guardMessage } from "../english/guards.ts";
import { outcomeMessages } from "../english/runs.ts";
import { outgrownMessage } from "../english/watch.ts";
import { WrongUse } from "../exit.ts";
import { inert } from "../printable.ts";
import { parisTime } from "../render/paris-time.ts";
import { pausedWords } from "../render/paused.ts";
import { type Asides, renderReport, reportJson } from "../render/render-report.ts";
import type { Terminal } from "../terminal.ts";
import { runNamed } from "./plan-named.ts";
import { followRuns, progressWords } from "./runs-follow.ts";

/** Options of `moisson runs`. */
export interface RunsFlags {
  connector?: string;
  limit: number;
  silent?: true;
  follow?: true;
  all?: true;
  json?: true;
}

/** Lists runs, shows one in full, lists silent connectors, or follows runs until they end. */
export async function showRuns(context: CommandContext, runId: string | undefined, flags: RunsFlags): Promise<void> {
  if (flags.silent && runId !== undefined) throw new WrongUse("--silent lists connectors: leave the run out");
  if (flags.all && !flags.silent) throw new WrongUse("--all requires --silent");
  if (flags.follow && (flags.silent || flags.json || flags.connector)) throw new WrongUse("--follow takes a run, or nothing");
  if (flags.follow) {
    process.exitCode = await followRuns(context, runId);
    return;
  }
  if (flags.silent) {
    const { showSilent } = await import("./runs-silent.ts");
    return context.withConnectors(() => showSilent(context, flags));
  }
  const { terminal, withCatalogue, connectors } = context;
  await withCatalogue(async (catalogue, { clock }) => {
    const setAsides = await catalogue.setAsides.list();
    const asidesOf = (report: RunReport) => asidesIn(report, setAsides, parisDay(clock.now()));
    if (runId !== undefined) {
      const run = await runNamed(catalogue, runId);
      if (flags.json) terminal.out(JSON.stringify(runJson(run, asidesOf), null, 2));
      else {
        const known = (await connectors(new Set([run.connector]))).connectors.find(({ definition }) => definition.id === run.connector);
        terminal.out(await inFull(run, known?.definition.publisher.name ?? "connector removed", catalogue, terminal.colors, asidesOf));
      }
      return;
    }
    const runs = await catalogue.runs.list({
      limit: flags.limit,
      ...(flags.connector !== undefined && { connector: flags.connector }),
    });
    if (flags.json) {
      const printed = runs.map((run) => runJson(run, asidesOf));
      return terminal.out(JSON.stringify(printed, null, 2));
    }
    await warnIfPaused(catalogue, terminal);
    const outgrown = await outgrownSize(catalogue);
    if (outgrown !== null) terminal.err(terminal.colors.yellow(`${outgrownMessage(outgrown)} with \`moisson db move\``));
    if (runs.length === 0) terminal.out("no runs yet; `moisson run <connector>` starts the first");
    else for (const run of runs) for (const line of linesOf(run)) terminal.out(line);
  });
}

/** Prints a warning if all runs are paused. */
async function warnIfPaused({ schedule }: Catalogue, terminal: Terminal): Promise<void> {
  const pause = (await schedule.pauses()).find(({ connector }) => connector === everything);
  if (pause !== undefined) terminal.err(terminal.colors.yellow(pausedWords("everything is paused", pause)));
}

type AsidesOf = (report: RunReport) => Asides;

function runJson({ report, startedAt, endedAt, ...run }: RunRecord, asidesOf: AsidesOf): unknown {
  return {
    ...run,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    report: report === null ? null : reportJson(report, asidesOf(report)),
  };
}

async function inFull(
  run: RunRecord,
  publisher: string,
  { plans }: Catalogue,
  colors: Terminal["colors"],
  asidesOf: AsidesOf,
): Promise<string> {
  const { report, connector, state, outcome, startedAt } = run;
  if (report === null && state === "ended") return `${connector}: ${outcomeMessages[outcome ?? "abandoned"]}, began ${shown(startedAt)}`;
  if (report === null) return `${connector}: ${openWords(run)}`;
  const plan = report.planId === null ? null : await plans.find(report.planId);
  return renderReport(report, publisher, colors, { plan, run }, asidesOf(report));
}

/**
 * Describes a run that has not ended: "waits since 02:10, asked for by marie", "reading: 1200 of 5000 records, began 02:10 on
 * worker-1:312".
 */
function openWords({ state, startedAt, askedBy, progress, worker, try: tried, machineFaults, alone }: RunRecord): string {
  const waited =
    machineFaults === 0 ? "" : `, after ${machineFaults} machine fault${machineFaults === 1 ? "" : "s"}${alone ? ", alone" : ""}`;
  const again = `${tried > 1 ? `, try ${tried}` : ""}${waited}`;
  const by = askedBy === null ? "" : `, asked for by ${askedBy}`;
  if (state === "queued") return inert(`waits since ${shown(startedAt)}${by}${again}`);
  const where = worker === null ? "" : ` on ${worker.split(":").slice(0, 2).join(":")}`;
  return inert(`${progressWords(progress)}, began ${shown(startedAt)}${where}${by}${again}`);
}

/** Returns the line of a run, and a second line with the reason if it was held. */
function linesOf(run: RunRecord): string[] {
  const [first] = run.outcome === "held" ? (run.report?.guards ?? []) : [];
  return [line(run), ...(first === undefined ? [] : [`          ${inert(guardMessage(first))}`])];
}

function line(run: RunRecord): string {
  const { runId, connector, startedAt, report } = run;
  const counts =
    report === null
      ? ""
      : `${report.counts.received} received, ${report.counts.created} created, ${report.counts.updated} updated, ${report.counts.rejected} rejected${warningsOf(report)}`;
  return `${runId.slice(0, 8)}  ${shown(startedAt)}  ${connector.padEnd(34)} ${ending(run).padEnd(21)} ${counts}`.trimEnd();
}

function warningsOf({ warnings, issues }: RunReport): string {
  const repairs = repairsIn(issues).length;
  const count = (many: number, one: string) => (many === 0 ? "" : `, ${many === 1 ? `1 ${one}` : `${many} ${one}s`}`);
  return `${count(warnings.length, "warning")}${count(repairs, "repair")}`;
}

/** Returns the outcome of a run, and what a person did about it later. */
function ending({ outcome, state, appliedAt, appliedBy, undoneAt, undoneBy }: RunRecord): string {
  if (outcome === null) return state === "queued" ? "waits" : "running";
  const since: string[] = [];
  if (appliedAt !== null && appliedBy !== "run") since.push(`applied on ${parisTime(appliedAt)} by ${appliedBy}`);
  if (undoneAt !== null) since.push(`undone on ${parisTime(undoneAt)} by ${undoneBy}`);
  if (since.length > 0) return inert([outcome, ...since].join("; "));
  return outcome === "failed" ? `${outcome} (${outcomeMessages[outcome]})` : outcome;
}

function shown(instant: Date): string {
  return instant.toLocaleString("sv-SE", { timeZone: "Europe/Paris" });
}
