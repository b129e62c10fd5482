import { once } from "node:events";
import type { Command } from "commander";
import { watchConnectors } from "../../jobs/watch-connectors.ts";
import { readApiSettings } from "../../publish/api/settings.ts";
import { describeProblem } from "../../registry/registry-error.ts";
import type { CommandContext } from "../context.ts";
import { WrongUse } from "../exit.ts";
import { addApiTokenCommand } from "./api-token.ts";
import { isLoopback, serveApi } from "./serve-api.ts";

/** `moisson api`: the read API, and the keys of those who have higher limits. */
export function addApiCommand(program: Command, open: () => CommandContext): void {
  const api = program
    .command("api")
    .description("serve the read API and open data, until it is stopped")
    .addHelpText(
      "after",
      `
It answers on MOISSON_API_HOST and MOISSON_API_PORT (127.0.0.1, 3001): /api/ says in French what there is, /api/openapi.json in OpenAPI, /live and /ready
whether it is well. Behind a proxy, MOISSON_API_URL is the address that others use and MOISSON_API_PROXY=yes believes its X-Forwarded-For.
On the embedded catalogue one process works at a time: \`moisson console\` serves the API too.

Examples:
  DATABASE_URL=postgres://localhost/moisson moisson api
  MOISSON_API_PORT=8080 moisson api
  moisson api token "Ville de Nantes" --per-minute 600`,
    )
    .action(async () => serve(open()));
  addApiTokenCommand(api, open);
}

async function serve(context: CommandContext): Promise<void> {
  const { config, terminal, folders } = context;
  const settings = readApiSettings(config.environment);
  if (config.databaseUrl === null && !isLoopback(settings.host))
    throw new WrongUse("on the embedded catalogue the API listens on this machine only: leave MOISSON_API_HOST out, or set DATABASE_URL");
  await context.withCatalogue(
    async (catalogue, services) => {
      const registry = watchConnectors(folders, catalogue.connectorVersions, ({ problems }) => {
        for (const problem of problems) terminal.err(`refused: ${describeProblem(problem)}`);
      });
      const connectors = async () => (await registry()).connectors;
      const api = await serveApi({ catalogue, services, connectors, settings });
      try {
        terminal.err(`API: ${api.url}/api/; Ctrl-C ends it`);
        if (catalogue.kind === "embedded")
          terminal.err("nothing else can open the embedded catalogue meanwhile; `moisson console` serves the API and does the runs too");
        await Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
      } finally {
        await api.close();
      }
    },
    { logLevel: "warn" },
  );
}
