import { fileURLToPath } from "node:url";
import type { LoadedConnector } from "../../src/kit/loaded-connector.ts";
import { loadConnectors } from "../../src/registry/load-connectors.ts";

/** Folder of the project. */
export const projectRoot = fileURLToPath(new URL("../..", import.meta.url));

/** All connectors of the project. */
export async function loadedConnectors(): Promise<readonly LoadedConnector[]> {
  return loadConnectors([projectRoot]);
}

/** One connector of the project. */
export async function loadedConnector(id: string): Promise<LoadedConnector> {
  const found = (await loadedConnectors()).find(({ definition }) => definition.id === id);
  if (found === undefined) throw new Error(`no connector ${id}`);
  return found;
}
