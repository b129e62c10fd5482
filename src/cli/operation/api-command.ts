import { once } from "node:events";
import { readApiSettings } from "../../publish/api/api-settings.ts";
import type { CommandContext } from "../context.ts";
import { currentConnectors } from "./current-connectors.ts";
import { retryUntilStarted } from "./retry-until-started.ts";
import { requireLoopback, serveApi } from "./serve-api.ts";

/** Serves the API until SIGTERM or SIGINT. */
export async function serveUntilStopped(context: CommandContext): Promise<void> {
  const { config, terminal } = context;
  const settings = readApiSettings(config.environment);
  if (config.databaseUrl === null) requireLoopback(settings.host, "API", "MOISSON_API_HOST");
  await retryUntilStarted(context, (onBegin) =>
    context.withCatalogue(async (catalogue, services) => {
      const { connectors } = currentConnectors(context, catalogue);
      const api = await serveApi({ catalogue, services, connectors, settings });
      onBegin();
      try {
        terminal.err(`API: ${api.url}/api/; Ctrl-C ends it`);
        if (catalogue.kind === "embedded")
          terminal.err("no other process can open the embedded catalogue meanwhile; `moisson console` serves the API and does runs");
        await Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
      } finally {
        await api.close();
      }
    }),
  );
}
