import { existsSync, statSync } from "node:fs";
import type { Command } from "commander";
import { goodOutcomes } from "../aid/run-error.ts";
import type { RunReport } from "../aid/run-report.ts";
import type { RunOptions } from "../pipeline/ingestion-run.ts";
import { runIngestion } from "../pipeline/run-ingestion.ts";
import type { LoadedConnector } from "../registry/load-connectors.ts";
import { guardMessage, issueMessage, runErrorMessage } from "../texts/en.ts";
import { positiveNumber } from "./arguments.ts";
import { exitCodes, WrongUse } from "./exit.ts";
import { renderReport, renderSummary } from "./render-report.ts";
import type { Workshop } from "./workshop.ts";

interface RunFlags {
  all?: true;
  file?: string;
  url?: string;
  snapshot?: string;
  dryRun?: true;
  limit?: number;
  force?: true;
  json?: true;
}

/** `moisson run`: fetches, reads and applies the feeds of some connectors. */
export function addRunCommand(program: Command, workshop: () => Workshop): void {
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
    .option("--json", "print the report as JSON")
    .addHelpText(
      "after",
      `
Examples:
  moisson run region-ile-de-france
  moisson run departement-drome --file drome.json --dry-run
  moisson run --all --json > reports.json

Exit codes: 0 all runs ended well, 1 one did not, 2 wrong use.`,
    )
    .action(async (ids: string[], flags: RunFlags) => {
      process.exitCode = await run(workshop(), ids, flags);
    });
}

async function run(workshop: Workshop, ids: readonly string[], flags: RunFlags): Promise<number> {
  const { terminal } = workshop;
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

  const chosen = flags.all ? await allThatCanRun(workshop) : await Promise.all([...new Set(ids)].map((id) => workshop.connector(id)));
  const { all: _, json, ...options } = flags;
  const reports = await workshop.withCatalogue(async (_catalogue, services) => {
    const done: RunReport[] = [];
    for (const connector of chosen) {
      const report = await runIngestion(connector, services, options as RunOptions);
      done.push(report);
      if (!json) terminal.out(`${renderReport(report, connector.definition.publisher.name, terminal.colors)}\n`);
    }
    return done;
  });
  const severalAsked = flags.all === true || ids.length > 1;
  if (json) terminal.out(JSON.stringify(severalAsked ? reports.map(reportJson) : reportJson(reports[0] as RunReport), null, 2));
  else if (severalAsked && reports.length > 0) terminal.out(renderSummary(reports, terminal.colors));
  return reports.every((report) => goodOutcomes.has(report.outcome)) ? exitCodes.fine : exitCodes.notWell;
}

/** Active connectors whose address and secrets are in the environment; the others are named on stderr and count for nothing. */
async function allThatCanRun({ connectors, environment, terminal }: Workshop): Promise<LoadedConnector[]> {
  const chosen: LoadedConnector[] = [];
  for (const connector of (await connectors()).connectors) {
    const { id, state, because } = connector.definition;
    const missing = missingVariables(connector, environment);
    if (state !== "active") terminal.err(`left out: ${id} is ${state}${because ? `: ${because}` : ""}`);
    else if (missing.length > 0) terminal.err(`left out: ${id} needs ${missing.join(", ")}`);
    else chosen.push(connector);
  }
  return chosen;
}

function missingVariables({ definition }: LoadedConnector, environment: Workshop["environment"]): string[] {
  const { urlFrom, headersFrom = {} } = definition.feed;
  const needed = [...(urlFrom === undefined ? [] : [urlFrom]), ...Object.values(headersFrom)];
  return needed.filter((variable) => !environment[variable]);
}

/** A report as scripts read it: the sentences stand beside the codes. */
export function reportJson(report: RunReport): unknown {
  return {
    ...report,
    guards: report.guards.map((finding) => ({ ...finding, message: guardMessage(finding) })),
    error: report.error && { ...report.error, message: runErrorMessage(report.error.code, report.error.params) },
    issues: report.issues.map((group) => ({
      ...group,
      examples: group.examples.map(({ locator, value, params }) => ({ locator, value, message: issueMessage(group.code, params) })),
    })),
  };
}
