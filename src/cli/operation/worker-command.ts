import { readRetention } from "../../catalogue/retention/read-retention.ts";
import { keepSearchUpToDate } from "../../catalogue/search/catch-up-search.ts";
import { readDigestSettings } from "../../jobs/digest/digest-settings.ts";
import type { JobServices } from "../../jobs/job-services.ts";
import { readJobSettings } from "../../jobs/job-settings.ts";
import { type HealthServer, openHealthServer } from "../../jobs/monitoring/health-server.ts";
import { createMetrics } from "../../jobs/monitoring/metrics.ts";
import { periodicTasks } from "../../jobs/tasks/periodic-tasks.ts";
import { workOnce } from "../../jobs/worker/work-once.ts";
import { startWorker } from "../../jobs/worker/worker.ts";
import { workerName } from "../../jobs/worker/worker-name.ts";
import type { CommandContext } from "../context.ts";
import type { NotDone } from "../exit.ts";
import { openRunProcesses } from "../open-run-processes.ts";
import { withQueue } from "../queue.ts";
import { untilStopped } from "../until-stopped.ts";
import { currentConnectors } from "./current-connectors.ts";
import { retryUntilStarted } from "./retry-until-started.ts";

/** Does the runs that are due or queued, until the process is stopped. */
export async function work(context: CommandContext, flags: { runsAtOnce?: number; once?: true }): Promise<void> {
  const { config, terminal } = context;
  const read = readJobSettings(config.environment);
  // Reports wrong settings now, not at night when they are used.
  readDigestSettings(config.environment);
  readRetention(config.environment);
  const settings = { ...read, runsAtOnce: flags.runsAtOnce ?? read.runsAtOnce };
  const runsAtOnce = settings.runsAtOnce ?? (config.databaseUrl === null ? 1 : 2);
  await retryUntilStarted(context, (onBegin) =>
    withQueue(context, async (queue) => {
      await context.withCatalogue(
        async (catalogue, quiet) => {
          const { logger } = quiet;
          const services = { ...quiet, beatMs: Math.min(5000, (settings.lockSeconds * 1000) / 4) };
          const jobs: JobServices = { services, queue, settings: { ...settings, runsAtOnce }, ...currentConnectors(context, catalogue) };
          const processes = openRunProcesses(context, services, settings, workerLogLevel);
          const metrics = createMetrics(jobs, processes);
          const logFields = { worker: workerName, queue: queue.kind, runsAtOnce, connectors: (await jobs.connectors()).length };
          // All queries before the start have succeeded. From here on, an error does not restart the worker.
          onBegin();
          if (flags.once) return workOnce(jobs, metrics, processes);
          const worker = startWorker(jobs, periodicTasks, metrics, processes);
          const closing = new AbortController();
          // Not awaited at the end: closing the catalogue waits for the last batch, but not for ever.
          void keepSearchUpToDate(catalogue, logger, closing.signal);
          let health: HealthServer | null = null;
          let fault: NotDone | null = null;
          try {
            if (settings.port !== null) health = await openHealthServer(settings.port, { catalogue, queue, worker, metrics, settings });
            logger.info(logFields, "working");
            terminal.err(`working: ${runsAtOnce} at once, queue ${queue.kind}, ${logFields.connectors} connectors; Ctrl-C ends it`);
            const stopped = untilStopped(logger, () =>
              logger.info({ worker: workerName }, "stopping: runs go on for a moment, then are handed back; a second signal stops now"),
            );
            fault = await Promise.race([stopped, worker.left.then(() => null)]);
            const { leaveFor } = worker.state();
            if (leaveFor !== null) logger.info({ worker: workerName, migration: leaveFor }, "ends for an update: start the new version");
          } finally {
            closing.abort();
            // After an error, nothing in this process can be trusted.
            await worker.stop(fault === null ? settings.graceSeconds : 0);
            await health?.close();
          }
          if (fault !== null) throw fault;
          logger.info({ worker: workerName }, "stopped");
          // A queue whose server is down keeps reconnecting; do not wait for it.
          setTimeout(() => process.exit(), maxExitMs).unref();
        },
        { runsAtOnce, leaseSeconds: settings.lockSeconds, logLevel: workerLogLevel },
      );
    }),
  );
}

/** Log level without `MOISSON_LOG`. */
const workerLogLevel = "info";

const maxExitMs = 3000;
