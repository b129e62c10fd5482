import { findInstallation } from "../../platform/installation.ts";
import type { JobServices } from "../job-services.ts";

/** Returns the folders with term files, ours first. */
export async function foldersOf(jobs: Pick<JobServices, "connectors">): Promise<readonly string[]> {
  const folders = new Set<string>([findInstallation().root]);
  for (const { folder } of await jobs.connectors()) if (folder !== null && folder !== "") folders.add(folder);
  return [...folders];
}
