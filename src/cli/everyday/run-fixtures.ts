import { relative } from "node:path";
import { runIngestion } from "../../ingest/run.ts";
import type { Services } from "../../ingest/run-inputs.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import type { RunReport } from "../../model/run/run-report.ts";
import { fixturesOf } from "../../survey/write/check-fixtures.ts";
import { runProgress } from "../progress-bar.ts";
import type { Terminal } from "../terminal.ts";

/** Runs the first fixture of every connector that is not retired. */
export async function runFixtures(connectors: readonly LoadedConnector[], services: Services, terminal: Terminal): Promise<RunReport[]> {
  const reports: RunReport[] = [];
  for (const connector of connectors) {
    const [fixture] = (await fixturesOf(connector)).fixtures;
    if (fixture === undefined || connector.definition.state === "retired") continue;
    reports.push(
      await runIngestion(connector, showingProgress(connector, services, terminal), { file: relative(process.cwd(), fixture.feed) }),
    );
  }
  terminal.progress(null);
  return reports;
}

/** Returns services whose runs of this connector show their progress. */
export function showingProgress({ definition }: LoadedConnector, services: Services, terminal: Terminal): Services {
  return { ...services, onProgress: (progress) => terminal.progress(runProgress(definition.id, progress)) };
}
