import { randomUUID } from "node:crypto";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { readRetention } from "../../catalogue/retention/read-retention.ts";
import { readConsoleSettings } from "../../console/console-settings.ts";
import { readDigestSettings } from "../../jobs/digest/digest-settings.ts";
import type { JobServices } from "../../jobs/job-services.ts";
import { readJobSettings } from "../../jobs/job-settings.ts";
import { createMetrics } from "../../jobs/monitoring/metrics.ts";
import { periodicTasks } from "../../jobs/tasks/periodic-tasks.ts";
import { startWorker, type Worker } from "../../jobs/worker/worker.ts";
import type { StartedApi } from "../../publish/api/start-api.ts";
import type { CommandContext } from "../context.ts";
import { type NotDone, WrongUse } from "../exit.ts";
import { openRunProcesses } from "../open-run-processes.ts";
import { currentConnectors } from "../operation/current-connectors.ts";
import { retryUntilStarted } from "../operation/retry-until-started.ts";
import { portTaken, requireLoopback } from "../operation/serve-api.ts";
import { withQueue } from "../queue.ts";
import { untilStopped } from "../until-stopped.ts";
import { apiSettingsBesideConsole, serveApiBesideConsole } from "./api-beside-console.ts";

/** Serves the console until SIGTERM or SIGINT; with the embedded catalogue, also runs connectors and serves the API. */
export async function serveConsole(context: CommandContext): Promise<void> {
  const { config, terminal } = context;
  const settings = readConsoleSettings(config.environment);
  const jobSettings = readJobSettings(config.environment);
  readDigestSettings(config.environment);
  readRetention(config.environment);
  const apiSettings = config.databaseUrl === null ? apiSettingsBesideConsole(config.environment) : null;
  if (config.databaseUrl === null) {
    requireLoopback(settings.host, "console", "MOISSON_CONSOLE_HOST");
    if (settings.publicUrl !== null)
      throw new WrongUse(
        "on the embedded catalogue the console serves the public pages: leave MOISSON_PUBLIC_URL out, or set DATABASE_URL",
      );
  }
  await retryUntilStarted(context, (onBegin) =>
    withQueue(context, (queue) =>
      context.withCatalogue(async (catalogue, services) => {
        const jobs: JobServices = { services, queue, settings: jobSettings, ...currentConnectors(context, catalogue) };
        let worker: Worker | null = null;
        let fault: NotDone | null = null;
        let api: StartedApi | null = null;
        // Imported here, because all other commands start twice as fast without it.
        const { startConsole } = await import("../../console/start-console.ts");
        const console = await startConsole(jobs, settings).catch((error: unknown) => {
          throw portTaken(error, settings, "MOISSON_CONSOLE_PORT") ?? error;
        });
        onBegin();
        try {
          // Nobody else can open the embedded catalogue while the console has it.
          if (catalogue.kind === "embedded") {
            const processes = openRunProcesses(context, services, jobSettings, "warn");
            worker = startWorker(jobs, periodicTasks, createMetrics(jobs, processes), processes);
          }
          terminal.err(`console: ${console.url}; Ctrl-C ends it`);
          api = await serveApiBesideConsole({ catalogue, services, connectors: jobs.connectors, settings: apiSettings }, terminal);
          if (catalogue.kind === "embedded")
            terminal.err(`to get in: ${await ownersLink(catalogue, console.url, services.clock.now())} (good once, for an hour)`);
          else if (await catalogue.people.isEmpty())
            terminal.err("there is no account yet: `moisson console account <e-mail> --role admin` creates the first");
          fault = await untilStopped(services.logger);
        } finally {
          await api?.close();
          await console.close();
          await worker?.stop(fault === null ? jobSettings.graceSeconds : 0);
        }
        if (fault !== null) throw fault;
      }),
    ),
  );
}

/** Returns a link that signs in without a password. Whoever uses this machine can read the embedded catalogue anyway. */
async function ownersLink(catalogue: Catalogue, url: string, now: Date): Promise<string> {
  const email = "local@localhost";
  const found = await catalogue.people.findByEmail(email);
  const personId = found?.personId ?? randomUUID();
  if (found === null)
    await catalogue.people.add({
      personId,
      email,
      name: process.env.MOISSON_USER ?? process.env.USER ?? "local",
      role: "admin",
      by: "moisson console",
      now,
    });
  const token = await catalogue.sessions.addLink(personId, "sign-in", new Date(now.getTime() + 3_600_000));
  return `${url}/entree/${token}`;
}
