import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { TableLookup, TermFileName, TermTable } from "../../kit/rules/rule-context.ts";
import { termLookup } from "../../kit/rules/term-lookup.ts";
import { nearest } from "../../model/text/nearest.ts";
import { vocabularyNames } from "../../model/vocabularies.ts";
import type { RegistryProblem } from "../registry-error.ts";
import { readTermFile } from "./read-term-file.ts";

/** Names that a term file may have. */
export const termFileNames: readonly TermFileName[] = [...vocabularyNames, "financers", "perimeters"];

export interface LoadedTerms {
  readonly lookup: TableLookup;
  /** Name of a term file -> bytes of the files with this name, in the order of lookup. The fingerprint covers them. */
  readonly contents: ReadonlyMap<TermFileName, readonly Uint8Array[]>;
  readonly problems: readonly RegistryProblem[];
}

/** Reads a connector's term files, then the shared ones, of each folder. Later folders take precedence. */
export function loadTermFiles(folders: readonly string[], connectorId: string): Promise<LoadedTerms> {
  return termFileReader(folders)(connectorId);
}

/** Returns `loadTermFiles` for many connectors: it lists each folder, and reads the shared files, only once. */
export function termFileReader(folders: readonly string[]): (connectorId: string) => Promise<LoadedTerms> {
  const listed = folders.toReversed().map((folder) => {
    const directory = path.join(folder, "mappings");
    return { directory, owners: filesOf(directory), shared: readFolder(path.join(directory, shared)) };
  });
  for (const { owners, shared: read } of listed) for (const promise of [owners, read]) promise.catch(() => undefined);
  return async (connectorId) => {
    const own: TermFile[][] = [];
    for (const { directory, owners } of listed)
      if ((await owners).includes(connectorId)) own.push(await readFolder(path.join(directory, connectorId)));
    const all = own.concat(await Promise.all(listed.map((one) => one.shared))).flat();
    const tables = new Map<TermFileName, TermTable[]>();
    const contents = new Map<TermFileName, Uint8Array[]>();
    for (const { name, table, bytes } of all) {
      if (name === null) continue;
      tables.set(name, [...(tables.get(name) ?? []), table]);
      contents.set(name, [...(contents.get(name) ?? []), bytes]);
    }
    return { lookup: termLookup(tables), contents, problems: all.flatMap(({ problems }) => problems) };
  };
}

const shared = "shared";

/** A term file that was read. `name`: null if it is not named after a vocabulary. */
interface TermFile {
  readonly name: TermFileName | null;
  readonly table: TermTable;
  readonly bytes: Uint8Array;
  readonly problems: readonly RegistryProblem[];
}

async function readFolder(directory: string): Promise<TermFile[]> {
  return Promise.all((await csvFilesOf(directory)).map((fileName) => readTerms(path.join(directory, fileName))));
}

async function readTerms(file: string): Promise<TermFile> {
  const written = path.parse(file).name;
  const bytes = await readFile(file);
  const name = termFileNames.find((known) => known === written);
  if (name !== undefined) return { name, bytes, ...readTermFile(bytes, name, file) };
  const meant = nearest(written, termFileNames);
  const problem = { file, message: "is not named after a vocabulary", ...(meant !== undefined && { didYouMean: `${meant}.csv` }) };
  return { name: null, bytes, table: new Map(), problems: [problem] };
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
