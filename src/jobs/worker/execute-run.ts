import { runIngestion } from "../../ingest/run.ts";
import type { ClaimedRun, RunLiveness, RunnableConnector, RunOptions, Services } from "../../ingest/run-inputs.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import { FeedUnreachable } from "../../model/run/run-error.ts";
import type { RunReport } from "../../model/run/run-report.ts";
import { maxPauseSeconds, nextTry } from "./next-try.ts";

/** A claimed run with its connector. */
interface ClaimedOrder {
  readonly connector: RunnableConnector;
  readonly runId: string;
  readonly token: number;
  readonly try: number;
  readonly options: RunOptions;
  /** First host of the feed (`host:port`). Null if the run requests none. */
  readonly host: string | null;
}

/** A claimed run for an executor. */
export interface RunOrder extends ClaimedOrder {
  readonly connector: LoadedConnector;
}

/** Executes claimed runs. */
export interface RunExecutor {
  /** Executes a run to its end. Throws if the run could not begin; it is then abandoned after the lock time. */
  execute(order: RunOrder, liveness: RunLiveness): Promise<RunReport>;
  /** Settles when nothing of the executor is left. */
  close(): Promise<void>;
}

/** Returns an executor that uses this process. */
export function inThisProcess(services: Services, retrySeconds: number): RunExecutor {
  return { execute: (order, liveness) => executeRun(order, liveness, services, retrySeconds), close: async () => undefined };
}

/** Executes a claimed run in this process. */
export function executeRun(order: ClaimedOrder, liveness: RunLiveness, services: Services, retrySeconds: number): Promise<RunReport> {
  const { connector, runId, token, options } = order;
  return runIngestion(connector, services, options, { runId, token, liveness, again: retriesOf(order, services, retrySeconds) });
}

/** Returns a function that decides about the next try after an error. It also stores the pause that the feed's server asked for. */
export function retriesOf(
  { host, try: tried }: Pick<RunOrder, "host" | "try">,
  { catalogue, logger }: Pick<Services, "catalogue" | "logger">,
  retrySeconds: number,
): ClaimedRun["again"] {
  return async (error) => {
    // Store the pause before the run ends, because the next run may then request the host.
    const seconds = error instanceof FeedUnreachable ? Math.min(error.retryAfterSeconds ?? 0, maxPauseSeconds) : 0;
    if (host !== null && seconds > 0)
      await catalogue.schedule
        .restHost(host, seconds)
        .catch((failure: unknown) => logger.warn({ err: failure }, "a host's rest was not noted"));
    return nextTry(error, tried, retrySeconds);
  };
}
