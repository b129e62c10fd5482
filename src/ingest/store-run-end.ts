import { setTimeout as delay } from "node:timers/promises";
import { RunError } from "../model/run/run-error.ts";
import type { RunReport } from "../model/run/run-report.ts";
import type { ClaimedRun, RunLiveness, Services } from "./run-inputs.ts";

type EndServices = Pick<Services, "catalogue" | "clock" | "logger">;

/** What the end of a claimed run needs. */
export type RunEnding = Pick<ClaimedRun, "again"> & { readonly liveness: Pick<RunLiveness, "signal" | "notStored"> };

const firstPauseMs = 1000;
const maxPauseMs = 30_000;

/** Ends a run in the catalogue, and queues its retry. `error`: null if the run made a plan. `claimed`: undefined outside the queue. */
export async function storeRunEnd(
  services: EndServices,
  report: RunReport,
  error: RunError | null,
  claimed: RunEnding | undefined,
): Promise<void> {
  const again = error === null ? null : ((await claimed?.again(error)) ?? null);
  const end = { outcome: report.outcome, report, now: services.clock.now(), again };
  await storedOrLogged(services, report, claimed?.liveness, () => services.catalogue.runs.end(report.runId, end));
}

/**
 * Stores the end of a run. If the machine cannot store it now (a full disk), tries again while the run's worker keeps it alive. If it cannot
 * be stored, the run counts as lost later. `liveness`: undefined outside the queue, where the end is tried once.
 */
export async function storedOrLogged(
  { logger }: Pick<Services, "logger">,
  { runId: run, connector }: RunReport,
  liveness: Pick<RunLiveness, "signal" | "notStored"> | undefined,
  store: () => Promise<unknown>,
): Promise<void> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, maxPauseMs)) {
    try {
      await store();
      return;
    } catch (failure) {
      const isOver = liveness?.signal.aborted !== false || !(failure instanceof RunError && failure.fault === "machine");
      if (isOver) return logger.error({ connector, run, err: failure }, "the end of the run could not be stored");
      logger.warn({ connector, run, err: failure }, "the end of the run cannot be stored now; it is tried again");
      liveness.notStored?.(failure);
      await delay(pauseMs, undefined, { signal: liveness.signal }).catch(() => undefined);
    }
  }
}
