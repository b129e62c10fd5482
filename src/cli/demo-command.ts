import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { Command } from "commander";
import { goodOutcomes } from "../aid/run-error.ts";
import type { RunReport } from "../aid/run-report.ts";
import { fixturesOf } from "../console/definition-files/check-fixtures.ts";
import { runIngestion } from "../pipeline/run-ingestion.ts";
import { exitCodes } from "./exit.ts";
import { renderReport, renderSummary } from "./render-report.ts";
import type { Workshop } from "./workshop.ts";

/** Home of the demo's catalogue: its own, emptied first. */
const demoHome = join(tmpdir(), `moisson-demo-${process.getuid?.() ?? "home"}`);

/** `moisson demo`: the sample feed of every connector that is not retired, into an embedded catalogue of its own. */
export function addDemoCommand(program: Command, workshop: (home: string) => Workshop): void {
  program
    .command("demo")
    .description("run the sample feed of every connector into an embedded catalogue of its own, emptied first")
    .addHelpText("after", "\nExample:\n  moisson demo")
    .action(async () => {
      await rm(demoHome, { recursive: true, force: true });
      const { terminal, connectorsOfFiles, withCatalogue } = workshop(demoHome);
      const { connectors: all, problems } = await connectorsOfFiles();
      const reports: RunReport[] = [];
      await withCatalogue(async (catalogue, services) => {
        for (const connector of all) {
          const [fixture] = (await fixturesOf(connector)).fixtures;
          if (fixture === undefined || connector.definition.state === "retired") continue;
          const report = await runIngestion(connector, services, { file: relative(process.cwd(), fixture.feed) });
          reports.push(report);
          terminal.out(`${renderReport(report, connector.definition.publisher.name, terminal.colors)}\n`);
        }
        terminal.out(renderSummary(reports, terminal.colors));
        terminal.out(
          `\nThe catalogue holds ${await catalogue.aids.count()} aids. To look at them, in a browser or here:\n  MOISSON_HOME=${demoHome} npm run moisson -- console\n  MOISSON_HOME=${demoHome} npm run moisson -- aids\nThe console serves the read API too, with what is published: http://127.0.0.1:3001/api/`,
        );
      });
      const good = problems.length === 0 && reports.length > 0 && reports.every((report) => goodOutcomes.has(report.outcome));
      process.exitCode = good ? exitCodes.fine : exitCodes.notWell;
    });
}
