import type { RunError } from "../model/run/run-error.ts";
import type { RunReport } from "../model/run/run-report.ts";
import { RunFindings } from "./run-findings.ts";
import type { ClaimedRun, RunnableConnector, Services } from "./run-inputs.ts";
import type { RunMeter } from "./run-meter.ts";
import { type RunEnding, storeRunEnd } from "./store-run-end.ts";

/** A run whose process has died. */
interface LostRun {
  readonly connector: RunnableConnector;
  readonly claimed: Pick<ClaimedRun, "runId"> & RunEnding;
  /** Why the process died. */
  readonly error: RunError;
  /** Has measured the run from outside its process. */
  readonly meter: RunMeter;
}

/**
 * Ends a run whose process has died, and returns its report. The report contains the cause and the times; the counts died with the process.
 * If the run had ended just before, it stays as it ended, and its own report is returned.
 */
export async function endLostRun({ connector, claimed, error, meter }: LostRun, services: Services): Promise<RunReport> {
  meter.stop();
  const report: RunReport = {
    runId: claimed.runId,
    connector: connector.definition.id,
    outcome: error.outcome,
    now: services.clock.fixed,
    ...new RunFindings(connector.definition).summary(),
    error: { code: error.code, params: error.params },
    ...meter.figures(),
  };
  await storeRunEnd(services, report, error, claimed);
  const stored = await services.catalogue.runs.find(claimed.runId).catch(() => null);
  return stored?.report ?? report;
}
