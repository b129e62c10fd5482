import type { LoadedConnector } from "../kit/loaded-connector.ts";
import { findInstallation } from "./installation.ts";

/** Returns the folders with term files, ours first. */
export function foldersOf(connectors: readonly LoadedConnector[]): readonly string[] {
  const folders = connectors.flatMap(({ folder }) => (folder === null || folder === "" ? [] : [folder]));
  return [...new Set([findInstallation().root, ...folders])];
}
