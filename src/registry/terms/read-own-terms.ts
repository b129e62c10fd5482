import { readFile } from "node:fs/promises";
import path from "node:path";
import type { TermFileName } from "../../kit/rules/rule-context.ts";
import { vocabularyNames } from "../../model/vocabularies.ts";
import { readTermFile, type TermTable } from "./read-term-file.ts";

const termFiles: readonly TermFileName[] = [...vocabularyNames, "financers", "perimeters"];

/** Reads a connector's decisions by vocabulary. Later folders take precedence. Words are folded. */
export async function readOwnTerms(folders: readonly string[], connectorId: string): Promise<ReadonlyMap<TermFileName, TermTable>> {
  const tables = new Map<TermFileName, TermTable>();
  for (const name of termFiles) {
    for (const folder of folders) {
      const file = path.join(folder, "mappings", connectorId, `${name}.csv`);
      const bytes = await readFile(file).catch(() => null);
      if (bytes === null) continue;
      tables.set(name, new Map([...(tables.get(name) ?? []), ...readTermFile(bytes, name, file).table]));
    }
  }
  return tables;
}
