import { once } from "node:events";
import { watchConnectors } from "../../jobs/watch-connectors.ts";
import { readApiSettings } from "../../publish/api/settings.ts";
import { describeProblem } from "../../registry/registry-error.ts";
import type { CommandContext } from "../context.ts";
import { requireLoopback, serveApi } from "./serve-api.ts";

/** Serves the API until SIGTERM or SIGINT. */
export async function serveUntilStopped(context: CommandContext): Promise<void> {
  const { config, terminal, folders } = context;
  const settings = readApiSettings(config.environment);
  if (config.databaseUrl === null) requireLoopback(settings.host, "API", "MOISSON_API_HOST");
  await context.withCatalogue(async (catalogue, services) => {
    const registry = watchConnectors(folders, catalogue.connectorVersions, ({ problems }) => {
      for (const problem of problems) terminal.err(`refused: ${describeProblem(problem)}`);
    });
    const connectors = async () => (await registry()).connectors;
    const api = await serveApi({ catalogue, services, connectors, settings });
    try {
      terminal.err(`API: ${api.url}/api/; Ctrl-C ends it`);
      if (catalogue.kind === "embedded")
        terminal.err("no other process can open the embedded catalogue meanwhile; `moisson console` serves the API and does runs");
      await Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
    } finally {
      await api.close();
    }
  });
}
