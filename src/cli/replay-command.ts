import type { Command } from "commander";
import { runIngestion } from "../ingest/run.ts";
import { lastWholeRun } from "../jobs/last-whole-run.ts";
import { goodOutcomes } from "../model/run/run-error.ts";
import { NotDone } from "./exit.ts";
import { showPlan } from "./plan-show.ts";
import { renderReport } from "./render-report.ts";
import { reportJson } from "./run-command.ts";
import { refuseWhilePaused, waitForTurn } from "./wait-for-turn.ts";
import type { Workshop } from "./workshop.ts";

/** `moisson replay`: what the last stored feed of a connector gives with the rules and terms of now, as a plan. */
export function addReplayCommand(program: Command, workshop: () => Workshop): void {
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
      const room = workshop();
      process.exitCode = await room.withConnectors(() => replay(room, id, flags.json === true));
    });
}

async function replay(workshop: Workshop, id: string, json: boolean): Promise<number> {
  const { terminal } = workshop;
  const connector = await workshop.connector(id);
  const { name } = connector.definition.publisher;
  return workshop.withCatalogue(async (catalogue, services) => {
    await refuseWhilePaused(catalogue);
    const snapshot = (await lastWholeRun(catalogue, id))?.snapshotHash;
    if (snapshot === undefined) throw new NotDone(`no feed of ${id} is stored yet; \`moisson run ${id}\` fetches one`);
    await waitForTurn(workshop, catalogue, id);
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
