import type { Command } from "commander";
import type { RunRecord } from "../catalogue/run-repository.ts";
import { outcomeMessage } from "../texts/en.ts";
import { positiveNumber } from "./arguments.ts";
import { NotDone } from "./exit.ts";
import { renderReport } from "./render-report.ts";
import { reportJson } from "./run-command.ts";
import type { Workshop } from "./workshop.ts";

/** `moisson runs`: what was run, newest first; one run in full. */
export function addRunsCommand(program: Command, workshop: () => Workshop): void {
  program
    .command("runs")
    .description("list runs, newest first, or show one in full")
    .argument("[run]", "id of a run, or the beginning of it")
    .option("--connector <connector>", "runs of one connector only")
    .option("--limit <count>", "how many", positiveNumber, 20)
    .option("--json", "print JSON")
    .addHelpText("after", "\nExamples:\n  moisson runs --connector departement-drome\n  moisson runs 3f2a91c0")
    .action(async (asked: string | undefined, flags: { connector?: string; limit: number; json?: true }) => {
      const { terminal, withCatalogue, connectors } = workshop();
      const names = new Map((await connectors()).connectors.map(({ definition }) => [definition.id, definition.publisher.name]));
      await withCatalogue(async (catalogue) => {
        if (asked !== undefined) {
          const run = await findRun(asked, (limit) => catalogue.runs.list({ limit }));
          if (flags.json) terminal.out(JSON.stringify(runJson(run), null, 2));
          else if (run.report === null)
            terminal.out(`${run.connector}: ${run.state === "running" ? "still running" : run.outcome}, began ${shown(run.startedAt)}`);
          else terminal.out(renderReport(run.report, names.get(run.connector) ?? "connector removed", terminal.colors));
          return;
        }
        const runs = await catalogue.runs.list({
          limit: flags.limit,
          ...(flags.connector !== undefined && { connector: flags.connector }),
        });
        if (flags.json) terminal.out(JSON.stringify(runs.map(runJson), null, 2));
        else if (runs.length === 0) terminal.out("no runs yet; `moisson run <connector>` makes the first");
        else for (const run of runs) terminal.out(line(run));
      });
    });
}

async function findRun(asked: string, list: (limit: number) => Promise<RunRecord[]>): Promise<RunRecord> {
  const found = (await list(10_000)).filter((run) => run.runId.startsWith(asked.toLowerCase()));
  const [run] = found;
  if (run === undefined) throw new NotDone(`there is no run ${asked}; \`moisson runs\` lists them`);
  if (found.length > 1) throw new NotDone(`${found.length} runs begin with ${asked}; give more of the id`);
  return run;
}

function runJson({ report, startedAt, endedAt, ...run }: RunRecord): unknown {
  return {
    ...run,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    report: report === null ? null : reportJson(report),
  };
}

function line({ runId, connector, outcome, state, startedAt, report }: RunRecord): string {
  const counts =
    report === null
      ? ""
      : `${report.counts.received} received, ${report.counts.created} created, ${report.counts.updated} updated, ${report.counts.rejected} rejected`;
  const ended = outcome === null ? state : `${outcome}${outcome === "held" || outcome === "failed" ? ` (${outcomeMessage(outcome)})` : ""}`;
  return `${runId.slice(0, 8)}  ${shown(startedAt)}  ${connector.padEnd(34)} ${ended.padEnd(21)} ${counts}`.trimEnd();
}

function shown(instant: Date): string {
  return instant.toLocaleString("sv-SE", { timeZone: "Europe/Paris" });
}
