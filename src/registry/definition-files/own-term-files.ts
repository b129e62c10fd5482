import { readFile } from "node:fs/promises";
import path from "node:path";
import type { VersionTerms } from "../../model/run/connector-version.ts";
import type { LoadedConnector } from "../load-connectors.ts";
import type { ConnectorFile } from "../survey/connector-files.ts";
import { filesOf } from "../terms/load-term-files.ts";
import { termFileWith } from "../terms/write-term.ts";

/** Returns a connector's term files with the console's decisions added. */
export async function ownTermFiles({ definition: { id }, folder }: LoadedConnector, terms: VersionTerms): Promise<ConnectorFile[]> {
  const texts = new Map<string, string>();
  const directory = folder === null ? null : path.join(folder, "mappings", id);
  for (const name of directory === null ? [] : await filesOf(directory)) {
    if (directory !== null && name.endsWith(".csv")) texts.set(name, await readFile(path.join(directory, name), "utf8"));
  }
  for (const [vocabulary, words] of Object.entries(terms)) {
    const name = `${vocabulary}.csv`;
    for (const [term, targets] of Object.entries(words)) texts.set(name, termFileWith(texts.get(name) ?? null, { term, targets }));
  }
  return [...texts].map(([name, content]) => ({ path: `mappings/${id}/${name}`, content }));
}
