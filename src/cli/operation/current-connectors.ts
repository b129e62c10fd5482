import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { watchConnectors } from "../../jobs/connectors/watch-connectors.ts";
import type { JobServices } from "../../jobs/job-services.ts";
import { describeProblem } from "../../registry/registry-error.ts";
import type { CommandContext } from "../context.ts";

/** Returns the connectors of a process that runs for long: see `watchConnectors`. Prints the refused ones. */
export function currentConnectors(
  { folders, terminal }: Pick<CommandContext, "folders" | "terminal">,
  { connectorVersions }: Pick<Catalogue, "connectorVersions">,
): Pick<JobServices, "registry" | "connectors"> {
  const registry = watchConnectors(folders, connectorVersions, ({ problems }) => {
    for (const problem of problems) terminal.err(`refused: ${describeProblem(problem)}`);
  });
  return { registry, connectors: async () => (await registry()).connectors };
}
