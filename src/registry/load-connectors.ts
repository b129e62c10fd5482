import { readFile } from "node:fs/promises";
import path from "node:path";
import { importConnector } from "../kit/import-connector.ts";
import type { LoadedConnector } from "../kit/loaded-connector.ts";
import { compareCodePoints } from "../model/text/canonical.ts";
import { checkConnector } from "./check-connector.ts";
import { connectorFingerprint } from "./connector-fingerprint.ts";
import { RegistryError, type RegistryProblem } from "./registry-error.ts";
import { filesOf, loadTermFiles } from "./terms/load-term-files.ts";

/** Valid connectors, sorted by id, and the problems of the others. */
export interface ReadConnectors {
  readonly connectors: readonly LoadedConnector[];
  readonly problems: readonly RegistryProblem[];
  readonly folders?: readonly string[];
  /** The connectors without the changes stored in the catalogue. Missing if nothing was applied. */
  readonly ofFiles?: readonly LoadedConnector[];
}

/**
 * Reads `connectors/*.ts|js|json` and the term files of each folder. Leaves out connectors with a problem. Of two connectors with the same
 * id, the second is a problem.
 */
export async function readConnectors(folders: readonly string[]): Promise<ReadConnectors> {
  const connectors: LoadedConnector[] = [];
  const problems: RegistryProblem[] = [];
  const fileOfId = new Map<string, string>();
  for (const folder of folders) {
    for (const file of await connectorFilesOf(folder)) {
      const read = await readConnector(file, folder, folders);
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
  folders: readonly string[],
): Promise<LoadedConnector | { problems: RegistryProblem[] }> {
  const written = await readDefinition(file);
  if ("problem" in written) return { problems: [{ file, message: written.problem }] };
  const checked = checkConnector(written.definition, path.parse(file).name);
  if ("problems" in checked) return { problems: checked.problems.map((problem) => ({ file, ...problem })) };

  const definition = checked.connector;
  const terms = await loadTermFiles(folders, definition.id);
  if (terms.problems.length > 0) return { problems: [...terms.problems] };
  const fingerprint = connectorFingerprint(definition, terms.contents, written.source);
  return { definition, terms: terms.lookup, fingerprint, file, folder };
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
