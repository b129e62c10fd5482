import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import Papa from "papaparse";
import type { TermFileName } from "../../kit/rules/rule-context.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { RegistryError } from "../registry-error.ts";
import { readTermFile, termFileHeader } from "./read-term-file.ts";

export interface TermDecision {
  readonly term: string;
  /** Our terms; empty to ignore the term. */
  readonly targets: readonly string[];
  readonly note?: string;
}

/**
 * Writes a decision into a term file, where it replaces the former decision about the term. Creates a missing file and folder. Returns the
 * former targets, or undefined. Throws `RegistryError` and writes nothing if the file is invalid or a target is unknown.
 */
export async function writeTerm(
  file: string,
  vocabulary: TermFileName,
  { term, targets, note = "" }: TermDecision,
): Promise<readonly string[] | undefined> {
  const before = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  const known = before === null ? null : readTermFile(before, vocabulary, file);
  if (known !== null && known.problems.length > 0) throw new RegistryError(known.problems);

  const text = termFileWith(before?.toString("utf8") ?? null, { term, targets, note });

  const checked = readTermFile(Buffer.from(text), vocabulary, file);
  if (checked.problems.length > 0) throw new RegistryError(checked.problems);
  await mkdir(path.dirname(file), { recursive: true });
  // Renames a complete file, so that a worker never reads a partial one.
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
  return known?.table.get(foldTerm(term));
}

/** Returns the text of a term file with a new or replaced decision. `before`: the former text; null for a new file. */
export function termFileWith(before: string | null, { term, targets, note = "" }: TermDecision): string {
  const rows = before === null ? [[...termFileHeader]] : Papa.parse<string[]>(before, { delimiter: ",", skipEmptyLines: "greedy" }).data;
  const isOfTerm = ([partnerTerm = ""]: readonly string[]) => foldTerm(partnerTerm) === foldTerm(term);
  const at = rows.findIndex((row, index) => index > 0 && isOfTerm(row));
  const added = (targets.length === 0 ? [""] : targets).map((target) => [term, target, note]);
  const kept = rows.filter((row, index) => index === 0 || !isOfTerm(row));
  const place = at === -1 ? kept.length : at;
  return `${Papa.unparse([...kept.slice(0, place), ...added, ...kept.slice(place)], { newline: "\n" })}\n`;
}
