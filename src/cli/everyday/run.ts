import { existsSync, statSync } from "node:fs";
import type { Command } from "commander";
import { guardMessage, issueMessage, runErrorMessage } from "../../english/messages.ts";
import { runIngestion } from "../../ingest/run.ts";
import type { RunOptions } from "../../ingest/run-inputs.ts";
import { missingVariables } from "../../jobs/schedule/missing-variables.ts";
import type { GuardFinding } from "../../model/plan/plan.ts";
import { goodOutcomes } from "../../model/run/run-error.ts";
import type { RunReport } from "../../model/run/run-report.ts";
import { asidesIn, type SetAside } from "../../model/run/set-aside.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { LoadedConnector } from "../../registry/load-connectors.ts";
import type { CommandContext } from "../context.ts";
import { exitCodes, WrongUse } from "../exit.ts";
import { positiveNumber } from "../options.ts";
import { readLiveExport } from "../publishers/live-export.ts";
import { showComparison } from "../publishers/show-comparison.ts";
import { type Asides, renderReport, renderSummary } from "../render/report.ts";
import { askForRuns } from "./ask-for-runs.ts";
import { refuseWhilePaused, waitForTurn } from "./wait-for-turn.ts";

interface RunFlags {
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

/** `moisson run`: fetches, reads and applies the feeds of some connectors. */
export function addRunCommand(program: Command, open: () => CommandContext): void {
  program
    .command("run")
    .description("fetch, read and apply feeds")
    .argument("[connector...]", "connectors to run")
    .option("--all", "every active connector whose address and secrets are known")
    .option("--file <file>", "take the whole feed from a file (one connector)")
    .option("--url <address>", "take the whole feed from another address (one connector)")
    .option("--snapshot <hash>", "run a stored feed again (one connector); the beginning of its hash is enough")
    .option("--dry-run", "make the plan and leave it open: nothing is written to the catalogue")
    .option("--limit <count>", "stop after so many records; implies --dry-run", positiveNumber)
    .option("--force", "read the feed though it has not changed")
    .option("--queue", "leave it to the workers: say which runs were queued, and do not wait for them")
    .option("--by <name>", "with --queue: who asks (default: MOISSON_USER, else the name you are logged in under)")
    .option("--compare", "say what differs from what is online; implies --dry-run (one connector)")
    .option("--from <export>", "with --compare: JSON of Aides-territoires' API, all pages of it")
    .option("--json", "print the report as JSON")
    .addHelpText(
      "after",
      `
Examples:
  moisson run region-ile-de-france
  moisson run departement-drome --file drome.json --dry-run
  moisson run departement-drome --compare --from export.json
  moisson run --all --json > reports.json
  moisson run departement-drome --queue

Exit codes: 0 all runs ended well, 1 one did not, 2 wrong use.`,
    )
    .action(async (ids: string[], flags: RunFlags) => {
      const context = open();
      // Before the catalogue is opened: it may be another process's.
      checkFlags(ids, flags);
      process.exitCode = await context.withConnectors(() => run(context, ids, flags));
    });
}

/** @throws WrongUse */
function checkFlags(ids: readonly string[], flags: RunFlags): void {
  const single = flags.file !== undefined || flags.url !== undefined || flags.snapshot !== undefined;
  if (flags.all && ids.length > 0) throw new WrongUse("name connectors or give --all, not both");
  if (!flags.all && ids.length === 0) throw new WrongUse("name a connector, or give --all; `moisson connectors` lists them");
  if (single && (flags.all || ids.length !== 1)) throw new WrongUse("--file, --url and --snapshot take exactly one connector");
  if ([flags.file, flags.url, flags.snapshot].filter((given) => given !== undefined).length > 1) {
    throw new WrongUse("give one of --file, --url and --snapshot");
  }
  if (flags.file !== undefined && !(existsSync(flags.file) && statSync(flags.file).isFile()))
    throw new WrongUse(`there is no file ${flags.file}`);
  if (flags.url !== undefined && !/^https?:\/\//.test(flags.url))
    throw new WrongUse("--url takes an address that begins with http:// or https://");

  checkComparison(ids, flags);
  if (flags.queue && (flags.file !== undefined || flags.compare))
    throw new WrongUse("--queue takes no --file and no --compare: another machine may do the run");
  if (flags.by !== undefined && !flags.queue) throw new WrongUse("--by goes with --queue");
}

async function run(context: CommandContext, ids: readonly string[], flags: RunFlags): Promise<number> {
  const { terminal } = context;
  const chosen = flags.all ? await allThatCanRun(context) : await Promise.all([...new Set(ids)].map((id) => context.connector(id)));
  const { all: _, queue, by, json, compare, from, ...options } = flags;
  if (queue) {
    await askForRuns(context, chosen, options as RunOptions, {
      several: flags.all === true || ids.length > 1,
      ...(by && { by }),
      ...(json && { json }),
    });
    return exitCodes.fine;
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
      const report = await runIngestion(connector, services, { ...options, ...(compare && { dryRun: true }) } as RunOptions);
      done.push(report);
      const plan = report.planId === null ? null : await catalogue.plans.find(report.planId);
      if (!json)
        terminal.out(`${renderReport(report, connector.definition.publisher.name, terminal.colors, { plan }, asidesOf(report))}\n`);
      if (live !== null) comparison = await showComparison(context, catalogue, report, live, json === true);
    }
    return { reports: done, asidesOf };
  });
  const severalAsked = flags.all === true || ids.length > 1;
  const inJson = reports.map((report) => reportJson(report, asidesOf(report)));
  if (json) terminal.out(JSON.stringify(severalAsked ? inJson : { ...inJson[0], comparison }, null, 2));
  else if (severalAsked && reports.length > 0) terminal.out(renderSummary(reports, terminal.colors));
  return reports.every((report) => goodOutcomes.has(report.outcome)) ? exitCodes.fine : exitCodes.notWell;
}

function checkComparison(ids: readonly string[], { compare, from, all, limit }: RunFlags): void {
  if (compare === undefined && from === undefined) return;
  if (compare === undefined || from === undefined) throw new WrongUse("--compare and --from <export> go together");
  if (all || ids.length !== 1) throw new WrongUse("--compare takes exactly one connector");
  if (limit !== undefined) throw new WrongUse("--compare looks at the whole feed: leave --limit out");
}

/** Active connectors whose address and secrets are known; the others are named on stderr and count for nothing. */
async function allThatCanRun({ connectors, environment, terminal, withCatalogue }: CommandContext): Promise<LoadedConnector[]> {
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

/** A report as scripts read it: the sentences stand beside the codes, and with an issue that is set aside until when, by whom and why. */
export function reportJson(report: RunReport, asides: Asides): Record<string, unknown> {
  return {
    ...report,
    guards: report.guards.map(withMessage),
    warnings: report.warnings.map(withMessage),
    error: report.error && { ...report.error, message: runErrorMessage(report.error.code, report.error.params) },
    issues: report.issues.map((group) => ({
      ...group,
      examples: group.examples.map(({ locator, value, params }) => ({ locator, value, message: issueMessage(group.code, params) })),
      ...setAside(asides.get(group)),
    })),
  };
}

/** What scripts are told of something that is set aside; nothing where it is not. */
export function setAside(aside: SetAside | null | undefined): { readonly setAside?: Pick<SetAside, "until" | "by" | "reason"> } {
  if (!aside) return {};
  const { until, by, reason } = aside;
  return { setAside: { until, by, reason } };
}

function withMessage(finding: GuardFinding): GuardFinding & { readonly message: string } {
  return { ...finding, message: guardMessage(finding) };
}
