import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Connector } from "../kit/definition.ts";
import { importConnector } from "../kit/import-connector.ts";
import type { LoadedConnector } from "../kit/loaded-connector.ts";
import { compareCodePoints } from "../model/text/canonical.ts";
import { checkConnector } from "./check-connector.ts";
import { connectorFingerprint, withFingerprint } from "./connector-fingerprint.ts";
import { RegistryError, type RegistryProblem } from "./registry-error.ts";
import { filesOf, termFileReader } from "./terms/load-term-files.ts";

/** Valid connectors, sorted by id, and the problems of the others. */
export interface ReadConnectors {
  readonly connectors: readonly LoadedConnector[];
  readonly problems: readonly RegistryProblem[];
  readonly folders?: readonly string[];
  /** The connectors without the changes stored in the catalogue. Missing if nothing was applied. */
  readonly ofFiles?: readonly LoadedConnector[];
}

/** Definitions of files that were checked, by path. A process that reads the files again keeps them while the files do not change. */
export type KeptFiles = Map<string, { readonly stamp: string } & CheckedFile>;

/** `source`: bytes of a file of code, null for JSON. */
interface CheckedFile {
  readonly definition: Connector;
  readonly source: Uint8Array | null;
}

/** Which connectors to read, all by default, and what is kept of an earlier reading. */
interface ReadOptions {
  readonly only?: ReadonlySet<string> | undefined;
  readonly kept?: KeptFiles;
}

/** Reads `connectors/*.ts|js|json` and term files. Leaves out connectors with a problem, and the second one with the same id. */
export async function readConnectors(folders: readonly string[], { only, kept = new Map() }: ReadOptions = {}): Promise<ReadConnectors> {
  const connectors: LoadedConnector[] = [];
  const termsOf = termFileReader(folders);
  const problems: RegistryProblem[] = [];
  const fileOfId = new Map<string, string>();
  for (const folder of folders) {
    for (const file of await connectorFilesOf(folder)) {
      if (only?.has(path.parse(file).name) === false) continue;
      const read = await readConnector(file, folder, termsOf, kept);
      if ("problems" in read) {
        problems.push(...read.problems);
        continue;
      }
      const { id } = read.definition;
      const other = fileOfId.get(id);
      if (other !== undefined) problems.push({ file, key: "id", message: `"${id}" is already the connector of ${other}` });
      else {
        fileOfId.set(id, file);
        connectors.push(read);
      }
    }
  }
  connectors.sort((a, b) => compareCodePoints(a.definition.id, b.definition.id));
  return { connectors, problems: distinct(problems), folders };
}

/** Returns all connectors of the folders, sorted by id. Throws `RegistryError` if a connector or term file is refused. */
export async function loadConnectors(folders: readonly string[]): Promise<readonly LoadedConnector[]> {
  const { connectors, problems } = await readConnectors(folders);
  if (problems.length > 0) throw new RegistryError(problems);
  return connectors;
}

async function connectorFilesOf(folder: string): Promise<string[]> {
  const directory = path.join(folder, "connectors");
  const names = await filesOf(directory);
  return names
    .filter((name) => /\.(?:ts|js|json)$/.test(name) && !/\.(?:d|test)\.ts$/.test(name))
    .map((name) => path.join(directory, name));
}

async function readConnector(
  file: string,
  folder: string,
  termsOf: ReturnType<typeof termFileReader>,
  kept: KeptFiles,
): Promise<LoadedConnector | { problems: RegistryProblem[] }> {
  const stamp = fileStamp(file);
  const known = kept.get(file);
  const read = known?.stamp === stamp ? known : await readFileChecked(file);
  if ("problems" in read) return read;
  const { definition, source } = read;
  kept.set(file, { stamp, definition, source });
  const terms = await termsOf(definition.id);
  if (terms.problems.length > 0) return { problems: [...terms.problems] };
  const loaded = { definition, terms: terms.lookup, file, folder };
  return withFingerprint(loaded, () => connectorFingerprint(definition, terms.contents, source));
}

/** Returns a text that changes when a file changes. */
export function fileStamp(file: string): string {
  // Asynchronously, this takes four times the CPU, and a worker looks at all files all night.
  const changed = statSync(file, { throwIfNoEntry: false });
  return `${changed?.mtimeMs ?? "gone"} ${changed?.size ?? 0}`;
}

async function readFileChecked(file: string): Promise<CheckedFile | { problems: RegistryProblem[] }> {
  const written = await readDefinition(file);
  if ("problem" in written) return { problems: [{ file, message: written.problem }] };
  const checked = checkConnector(written.definition, path.parse(file).name);
  if ("problems" in checked) return { problems: checked.problems.map((problem) => ({ file, ...problem })) };
  // The fingerprint covers only the source of code.
  return { definition: checked.connector, source: file.endsWith(".json") ? null : written.source };
}

/** Reads a definition without checking it. Returns a problem if the file cannot be read or run. */
async function readDefinition(file: string): Promise<{ definition: unknown; source: Uint8Array } | { problem: string }> {
  try {
    const source = await readFile(file);
    if (file.endsWith(".json")) return { definition: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(source)), source };
    const definition = await importConnector(file);
    return definition === undefined ? { problem: 'exports no "connector"' } : { definition, source };
  } catch (error) {
    return { problem: `cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Removes repeated problems, because a shared term file is read for each connector. */
function distinct(problems: readonly RegistryProblem[]): RegistryProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
