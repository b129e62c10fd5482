import { readPublicSettings } from "../../console/console-settings.ts";
import type { JobServices } from "../../jobs/job-services.ts";
import { readJobSettings } from "../../jobs/job-settings.ts";
import { noQueue } from "../../jobs/queue/no-queue.ts";
import type { CommandContext } from "../context.ts";
import { WrongUse } from "../exit.ts";
import { untilStopped } from "../until-stopped.ts";
import { currentConnectors } from "./current-connectors.ts";
import { retryUntilStarted } from "./retry-until-started.ts";
import { portTaken } from "./serve-api.ts";

/** Serves the pages for people without an account until SIGTERM or SIGINT. */
export async function servePublicPages(context: CommandContext): Promise<void> {
  const { config, terminal } = context;
  const settings = readPublicSettings(config.environment);
  if (config.databaseUrl === null)
    throw new WrongUse("only one process can open the embedded catalogue, and `moisson console` serves these pages: set DATABASE_URL");
  await retryUntilStarted(context, (onBegin) =>
    context.withCatalogue(async (catalogue, services) => {
      const jobSettings = readJobSettings(config.environment);
      const jobs: JobServices = { services, queue: noQueue, settings: jobSettings, ...currentConnectors(context, catalogue) };
      const { startConsole } = await import("../../console/start-console.ts");
      const started = await startConsole(jobs, settings).catch((error: unknown) => {
        throw portTaken(error, settings, "MOISSON_PUBLIC_PORT") ?? error;
      });
      onBegin();
      terminal.err(`public pages: ${started.url}; Ctrl-C ends it`);
      const fault = await untilStopped(services.logger).finally(() => started.close());
      if (fault !== null) throw fault;
    }),
  );
}
