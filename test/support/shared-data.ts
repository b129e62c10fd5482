import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

/** Where the real files lie; they are no part of the project. */
export const sharedData = join(resolve(import.meta.dirname, "../..", process.env.MOISSON_SHARED ?? "../shared"), "data");

/** False where a clone stands alone: tests that read real files then skip. */
export const hasSharedData = existsSync(sharedData);

/** For the title of a skipped suite. */
export const whySkipped = hasSharedData ? "" : ` (skipped: no ${sharedData})`;

/** Paths of the files of a folder of the real data, with this ending; none where the data is absent. */
export function sharedFiles(folder: string, ending: string): string[] {
  if (!hasSharedData) return [];
  const names = readdirSync(join(sharedData, folder)).filter((name) => name.endsWith(ending));
  return names.map((name) => join(sharedData, folder, name));
}
