import { lastWholeRun } from "../../catalogue/runs/last-whole-run.ts";
import { runIngestion } from "../../ingest/run.ts";
import { goodOutcomes } from "../../model/run/run-error.ts";
import type { StageProgress } from "../../model/run/run-report.ts";
import type { CommandContext } from "../context.ts";
import { showPlan } from "../everyday/plan-show.ts";
import { refuseWhilePaused, waitForTurn } from "../everyday/wait-for-turn.ts";
import { exitCodes, NotDone } from "../exit.ts";
import { runProgress } from "../progress-bar.ts";
import { renderReport, reportJson } from "../render/render-report.ts";

/** Reads the last stored feed of a connector with the current rules and terms, and shows the plan. */
export async function replay(context: CommandContext, id: string, flags: { json?: true }): Promise<void> {
  process.exitCode = await context.withConnectors(() => replayConnector(context, id, flags.json === true));
}

async function replayConnector(context: CommandContext, id: string, json: boolean): Promise<number> {
  const { terminal } = context;
  const connector = await context.connector(id);
  const { name } = connector.definition.publisher;
  return context.withCatalogue(async (catalogue, services) => {
    await refuseWhilePaused(catalogue);
    const snapshot = (await lastWholeRun(catalogue, id))?.snapshotHash;
    if (snapshot === undefined) throw new NotDone(`no feed of ${id} is stored yet; \`moisson run ${id}\` fetches one`);
    await waitForTurn(context, catalogue, id);
    const onProgress = (progress: StageProgress) => terminal.progress(runProgress(id, progress));
    const report = await runIngestion(connector, { ...services, onProgress }, { snapshot, dryRun: true, force: true });
    terminal.progress(null);
    const plan = report.planId === null ? null : await catalogue.plans.find(report.planId);
    if (json) terminal.out(JSON.stringify(reportJson(report, new Map()), null, 2));
    else {
      terminal.out(`${renderReport(report, name, terminal.colors, { plan }, new Map())}\n`);
      if (plan !== null) await showPlan(catalogue, plan, { definition: connector.definition, now: services.clock.now() }, terminal, {});
    }
    return goodOutcomes.has(report.outcome) ? exitCodes.success : exitCodes.failure;
  });
}
