import { foldTerm } from "../../kit/values/text/fold-term.ts";
import type { FileKind } from "../../model/survey/file-kind.ts";
import schemas from "./known-schemas.json" with { type: "json" };

/** A published schema of files that are no lists of aids. */
export interface KnownSchema {
  readonly name: string;
  readonly kind: FileKind;
  /** Columns of the file that belong to the schema. */
  readonly columns: readonly string[];
}

/** Returns the schema that enough of the columns belong to, or null. Case, accents, blanks and punctuation do not count. */
export function knownSchema(columns: readonly string[]): KnownSchema | null {
  const compact = new Map(columns.map((column) => [foldTerm(column).replace(/[^a-z0-9]/g, ""), column] as const));
  for (const { name, kind, columns: wanted, atLeast } of schemas) {
    const found = wanted.map((column) => compact.get(column)).filter((column) => column !== undefined);
    if (found.length >= atLeast) return { name, kind: kind as FileKind, columns: found };
  }
  return null;
}
