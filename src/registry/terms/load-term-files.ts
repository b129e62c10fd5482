import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { TableLookup, TermFileName, TermTable } from "../../kit/rules/rule-context.ts";
import { termLookup } from "../../kit/rules/term-lookup.ts";
import { vocabularyNames } from "../../model/vocabularies.ts";
import { nearest } from "../nearest.ts";
import type { RegistryProblem } from "../registry-error.ts";
import { readTermFile } from "./read-term-file.ts";

/** Names that a term file may have. */
export const termFileNames: readonly TermFileName[] = [...vocabularyNames, "financers", "perimeters"];

/** The term files of one connector. */
export interface LoadedTerms {
  readonly lookup: TableLookup;
  /** Name of a term file -> bytes of the files with this name, in the order of lookup. The fingerprint covers them. */
  readonly contents: ReadonlyMap<TermFileName, readonly Uint8Array[]>;
  readonly problems: readonly RegistryProblem[];
}

/** Reads a connector's term files, then the shared ones, of each folder. Later folders take precedence. */
export async function loadTermFiles(folders: readonly string[], connectorId: string): Promise<LoadedTerms> {
  const tables = new Map<TermFileName, TermTable[]>();
  const contents = new Map<TermFileName, Uint8Array[]>();
  const problems: RegistryProblem[] = [];
  for (const owner of [connectorId, "shared"]) {
    for (const folder of folders.toReversed()) {
      const directory = path.join(folder, "mappings", owner);
      for (const fileName of await csvFilesOf(directory)) {
        const file = path.join(directory, fileName);
        const name = termFileNames.find((known) => `${known}.csv` === fileName);
        if (name === undefined) {
          const meant = nearest(path.parse(fileName).name, termFileNames);
          problems.push({ file, message: "is not named after a vocabulary", ...(meant !== undefined && { didYouMean: `${meant}.csv` }) });
          continue;
        }
        const bytes = await readFile(file);
        const read = readTermFile(bytes, name, file);
        problems.push(...read.problems);
        tables.set(name, [...(tables.get(name) ?? []), read.table]);
        contents.set(name, [...(contents.get(name) ?? []), bytes]);
      }
    }
  }
  return { lookup: termLookup(tables), contents, problems };
}

async function csvFilesOf(directory: string): Promise<string[]> {
  const names = await filesOf(directory);
  return names.filter((name) => name.endsWith(".csv"));
}

/** Lists the file names in a folder, sorted. Empty if the folder does not exist. */
export async function filesOf(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).sort();
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) return [];
    throw error;
  }
}
