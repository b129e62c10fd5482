import type { JobServices } from "../../../jobs/job-services.ts";
import { findInstallation } from "../../../platform/installation.ts";

/** Folders whose term files are known: those of the connectors, ours first. */
export async function foldersOf(jobs: JobServices): Promise<readonly string[]> {
  const folders = new Set<string>([findInstallation().root]);
  for (const { folder } of await jobs.connectors()) if (folder !== null && folder !== "") folders.add(folder);
  return [...folders];
}
