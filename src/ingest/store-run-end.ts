import type { RunError } from "../model/run/run-error.ts";
import type { RunReport } from "../model/run/run-report.ts";
import type { ClaimedRun, Services } from "./run-inputs.ts";

type EndServices = Pick<Services, "catalogue" | "clock" | "logger">;

/** Ends a run in the catalogue, and queues its retry. `error`: null if the run made a plan. `claimed`: undefined outside the queue. */
export async function storeRunEnd(
  services: EndServices,
  report: RunReport,
  error: RunError | null,
  claimed: Pick<ClaimedRun, "again"> | undefined,
): Promise<void> {
  const again = error === null ? null : ((await claimed?.again(error)) ?? null);
  const end = { outcome: report.outcome, report, now: services.clock.now(), again };
  await storedOrLogged(services, report, services.catalogue.runs.end(report.runId, end));
}

/** Waits until the end of a run is stored, or could not be: the connector's next run then marks this one as abandoned. */
export async function storedOrLogged(
  { logger }: Pick<Services, "logger">,
  { runId, connector }: RunReport,
  stored: Promise<unknown>,
): Promise<void> {
  await stored.catch((failure: unknown) => {
    logger.error({ connector, run: runId, err: failure }, "the end of the run could not be stored");
  });
}
