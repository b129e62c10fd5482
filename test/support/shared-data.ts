import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

/** Folder of the real files, which are not part of the project. */
export const sharedData = join(resolve(import.meta.dirname, "../..", process.env.MOISSON_SHARED ?? "../shared"), "data");

/** False if the real files are missing; their tests are then skipped. */
export const hasSharedData = existsSync(sharedData);

/** Suffix of the titles of skipped suites. */
export const whySkipped = hasSharedData ? "" : ` (skipped: no ${sharedData})`;

/** Returns the paths of the files in a folder of the real data with this extension, or an empty list without the data. */
export function sharedFiles(folder: string, ending: string): string[] {
  if (!hasSharedData) return [];
  const names = readdirSync(join(sharedData, folder)).filter((name) => name.endsWith(ending));
  return names.map((name) => join(sharedData, folder, name));
}
