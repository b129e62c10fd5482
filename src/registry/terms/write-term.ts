import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import Papa from "papaparse";
import type { TermFileName } from "../../kit/rules/rule-context.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { RegistryError } from "../registry-error.ts";
import { readTermFile } from "./read-term-file.ts";

const header = ["partner_term", "our_term", "note"];

/** What is decided about one term of a publisher's. */
export interface TermDecision {
  readonly term: string;
  /** Our terms; none: it is ignored. */
  readonly targets: readonly string[];
  readonly note?: string;
}

/**
 * Writes a decision into a term file, in place of what it said of that term, else at its end; the file and its folder are made where they are missing. The
 * other rows stay as they are. Gives what the file said of the term before, undefined where nothing.
 * @throws RegistryError where the file is broken or a target is no term of ours: nothing is written
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
  // A worker reads term files while they are written: it sees the file of before or of after.
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
  return known?.table.get(foldTerm(term));
}

/** The text of a term file with a decision in place of what it said of that term, else at its end; the other rows stay as they are. Null: there is no file yet. */
export function termFileWith(before: string | null, { term, targets, note = "" }: TermDecision): string {
  const rows = before === null ? [header] : Papa.parse<string[]>(before, { delimiter: ",", skipEmptyLines: "greedy" }).data;
  const isOfTerm = ([partnerTerm = ""]: readonly string[]) => foldTerm(partnerTerm) === foldTerm(term);
  const at = rows.findIndex((row, index) => index > 0 && isOfTerm(row));
  const added = (targets.length === 0 ? [""] : targets).map((target) => [term, target, note]);
  const kept = rows.filter((row, index) => index === 0 || !isOfTerm(row));
  const place = at === -1 ? kept.length : at;
  return `${Papa.unparse([...kept.slice(0, place), ...added, ...kept.slice(place)], { newline: "\n" })}\n`;
}
