import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { runErrorMessage } from "../../english/messages.ts";
import { readDigestSettings } from "../../jobs/digest/settings.ts";
import { doAllThatWaits } from "../../jobs/do-all-that-waits.ts";
import { duties } from "../../jobs/duties.ts";
import { type HealthServer, openHealthServer } from "../../jobs/health-server.ts";
import type { JobServices } from "../../jobs/job-services.ts";
import { createMetrics } from "../../jobs/metrics.ts";
import { QueueUnreachable } from "../../jobs/queue/queue-refused.ts";
import { readJobSettings } from "../../jobs/settings.ts";
import { watchConnectors } from "../../jobs/watch-connectors.ts";
import { startWorker } from "../../jobs/worker.ts";
import { workerName } from "../../jobs/worker-name.ts";
import { RunError } from "../../model/run/run-error.ts";
import { readRetention } from "../../platform/read-retention.ts";
import { describeProblem } from "../../registry/registry-error.ts";
import type { CommandContext } from "../context.ts";
import { withQueue } from "../queue.ts";

/** Options of `moisson worker`. */
export interface WorkerFlags {
  runsAtOnce?: number;
  once?: true;
}

/** Does the runs that are due or queued, until the process is stopped. */
export async function work(context: CommandContext, flags: WorkerFlags): Promise<void> {
  const { config, terminal, folders } = context;
  const read = readJobSettings(config.environment);
  // Said now, rather than in the night when they are used.
  readDigestSettings(config.environment);
  readRetention(config.environment);
  const settings = { ...read, runsAtOnce: flags.runsAtOnce ?? read.runsAtOnce };
  const runsAtOnce = settings.runsAtOnce ?? (config.databaseUrl === null ? 1 : 2);
  await untilItAnswers(context, (onBegin) =>
    withQueue(context, async (queue) => {
      await context.withCatalogue(
        async (catalogue, quiet) => {
          const { logger } = quiet;
          const services = { ...quiet, beatMs: Math.min(5000, (settings.lockSeconds * 1000) / 4) };
          const registry = watchConnectors(folders, catalogue.connectorVersions, ({ problems }) => {
            for (const problem of problems) terminal.err(`refused: ${describeProblem(problem)}`);
          });
          const connectors = async () => (await registry()).connectors;
          const jobs: JobServices = { services, queue, settings: { ...settings, runsAtOnce }, connectors, registry };
          const metrics = createMetrics(catalogue, queue);
          const said = { worker: workerName, queue: queue.kind, runsAtOnce, connectors: (await connectors()).length };
          // What is said needs the database once more: until it was there, the worker may begin anew.
          onBegin();
          if (flags.once) return doAllThatWaits(jobs, metrics);
          const worker = startWorker(jobs, duties, metrics);
          let health: HealthServer | null = null;
          try {
            if (settings.port !== null) health = await openHealthServer(settings.port, { catalogue, queue, worker, metrics, settings });
            logger.info(said, "working");
            terminal.err(`working: ${runsAtOnce} at once, queue ${queue.kind}, ${said.connectors} connectors; Ctrl-C ends it`);
            await stopAsked(() =>
              logger.info({ worker: workerName }, "stopping: runs go on for a moment, then are handed back; a second signal stops now"),
            );
          } finally {
            await worker.stop();
            await health?.close();
          }
          logger.info({ worker: workerName }, "stopped");
          // A queue whose server is down keeps trying to reach it; nobody waits for that.
          setTimeout(() => process.exit(), leaveAfterMs).unref();
        },
        { runsAtOnce, logLevel: "info" },
      );
    }),
  );
}

/** A worker that is started with its database or its queue's server, as after a power cut, waits for it. */
async function untilItAnswers({ terminal }: CommandContext, begin: (onBegin: () => void) => Promise<void>): Promise<void> {
  const patience = performance.now() + waitsForDatabaseMs;
  for (let hasBegun = false; ; ) {
    try {
      return await begin(() => {
        hasBegun = true;
      });
    } catch (error) {
      const trouble = passingTrouble(error);
      if (hasBegun || trouble === null || performance.now() > patience) throw error;
      terminal.err(`moisson: ${trouble}; trying again`);
      await delay(tryAgainMs);
    }
  }
}

/** What may be over in a moment, as a sentence. */
function passingTrouble(error: unknown): string | null {
  if (error instanceof QueueUnreachable) return error.message.replace(/\.$/, "");
  return error instanceof RunError && error.code === "storage-failed" ? runErrorMessage(error.code, error.params) : null;
}

const waitsForDatabaseMs = 60_000;
const tryAgainMs = 2000;

const leaveAfterMs = 3000;

/** Settles at the first SIGTERM or SIGINT; the second ends the process on the spot, as losing its machine would. */
async function stopAsked(onFirst: () => void): Promise<void> {
  const first = await Promise.race([once(process, "SIGTERM").then(() => 143), once(process, "SIGINT").then(() => 130)]);
  const stopNow = () => process.exit(first);
  process.on("SIGTERM", stopNow).on("SIGINT", stopNow);
  onFirst();
}
