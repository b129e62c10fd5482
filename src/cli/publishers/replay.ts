import type { Command } from "commander";
import { runIngestion } from "../../ingest/run.ts";
import { lastWholeRun } from "../../jobs/last-whole-run.ts";
import { goodOutcomes } from "../../model/run/run-error.ts";
import type { CommandContext } from "../context.ts";
import { showPlan } from "../everyday/plan-show.ts";
import { reportJson } from "../everyday/run.ts";
import { refuseWhilePaused, waitForTurn } from "../everyday/wait-for-turn.ts";
import { NotDone } from "../exit.ts";
import { renderReport } from "../render/report.ts";

/** `moisson replay`: what the last stored feed of a connector gives with the rules and terms of now, as a plan. */
export function addReplayCommand(program: Command, open: () => CommandContext): void {
  program
    .command("replay")
    .description("read the last stored feed with the rules and terms of now, and show what would change in the catalogue")
    .argument("<connector>", "the connector")
    .option("--json", "print the report as JSON; the plan is read by `plan show --json`")
    .addHelpText(
      "after",
      `
Examples:
  moisson replay region-sud
  moisson terms set region-sud categories "Eau" eau-potable && moisson replay region-sud

Nothing is fetched and nothing written: the plan stays open, \`moisson plan apply <plan>\` writes it.`,
    )
    .action(async (id: string, flags: { json?: true }) => {
      const context = open();
      process.exitCode = await context.withConnectors(() => replay(context, id, flags.json === true));
    });
}

async function replay(context: CommandContext, id: string, json: boolean): Promise<number> {
  const { terminal } = context;
  const connector = await context.connector(id);
  const { name } = connector.definition.publisher;
  return context.withCatalogue(async (catalogue, services) => {
    await refuseWhilePaused(catalogue);
    const snapshot = (await lastWholeRun(catalogue, id))?.snapshotHash;
    if (snapshot === undefined) throw new NotDone(`no feed of ${id} is stored yet; \`moisson run ${id}\` fetches one`);
    await waitForTurn(context, catalogue, id);
    const report = await runIngestion(connector, services, { snapshot, dryRun: true, force: true });
    const plan = report.planId === null ? null : await catalogue.plans.find(report.planId);
    if (json) terminal.out(JSON.stringify(reportJson(report, new Map()), null, 2));
    else {
      terminal.out(`${renderReport(report, name, terminal.colors, { plan }, new Map())}\n`);
      if (plan !== null) await showPlan(catalogue, plan, name, terminal, {});
    }
    return goodOutcomes.has(report.outcome) ? 0 : 1;
  });
}
