import { readFile } from "node:fs/promises";
import path from "node:path";
import type { TermFileName, TermTable } from "../../kit/rules/rule-context.ts";
import { type VocabularyName, vocabularyNames } from "../../model/vocabularies.ts";
import { filesOf, termFileNames } from "./load-term-files.ts";
import { readTermFile } from "./read-term-file.ts";

/** A decision in a term file. `term` is folded. If `targets` is empty, the word is ignored. */
export interface DecidedTerm {
  readonly connector: string;
  readonly vocabulary: VocabularyName;
  readonly term: string;
  readonly targets: readonly string[];
}

/** Reads the decisions of all connectors and of `shared`, without financers and perimeters. Leaves out invalid rows. */
export async function readDecidedTerms(folders: readonly string[]): Promise<readonly DecidedTerm[]> {
  const decided: DecidedTerm[] = [];
  for (const folder of folders) {
    for (const connector of await filesOf(path.join(folder, "mappings"))) {
      for (const vocabulary of vocabularyNames) {
        const file = path.join(folder, "mappings", connector, `${vocabulary}.csv`);
        const bytes = await readFile(file).catch(() => null);
        if (bytes === null) continue;
        for (const [term, targets] of readTermFile(bytes, vocabulary, file).table) decided.push({ connector, vocabulary, term, targets });
      }
    }
  }
  return decided;
}

/** Reads a connector's decisions by term file. Later folders take precedence. */
export async function readOwnTerms(folders: readonly string[], connectorId: string): Promise<ReadonlyMap<TermFileName, TermTable>> {
  const tables = new Map<TermFileName, TermTable>();
  for (const name of termFileNames) {
    for (const folder of folders) {
      const file = path.join(folder, "mappings", connectorId, `${name}.csv`);
      const bytes = await readFile(file).catch(() => null);
      if (bytes === null) continue;
      tables.set(name, new Map([...(tables.get(name) ?? []), ...readTermFile(bytes, name, file).table]));
    }
  }
  return tables;
}
