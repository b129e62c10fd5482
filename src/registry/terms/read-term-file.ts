import Papa from "papaparse";
import { refOf } from "../../kit/rules/perimeters.ts";
import type { TermFileName, TermTable } from "../../kit/rules/rule-context.ts";
import { oneTermVocabularies } from "../../kit/rules/terms.ts";
import { foldTerm } from "../../kit/values/text/clean-text.ts";
import { limits } from "../../model/aid/aid.ts";
import { findPerimeter } from "../../model/territories/perimeters.ts";
import { nearest } from "../../model/text/nearest.ts";
import { slugsOf } from "../../model/vocabularies.ts";
import type { RegistryProblem } from "../registry-error.ts";

/** First row of a term file. */
export const termFileHeader: readonly string[] = ["partner_term", "our_term", "note"];

/**
 * Parses a term file: CSV in UTF-8 with commas. A row maps a publisher's term to one of our terms; several rows map it to several terms. An
 * empty `our_term` means that the publisher's term is ignored.
 * Invalid rows, unknown terms and repetitions are problems. `file`: path for the problems.
 */
export function readTermFile(bytes: Uint8Array, vocabulary: TermFileName, file: string): { table: TermTable; problems: RegistryProblem[] } {
  const table = new Map<string, string[]>();
  const problems: RegistryProblem[] = [];
  const text = textOf(bytes);
  if (text === undefined) return { table, problems: [{ file, line: 1, message: "is not UTF-8" }] };

  let isHeaderRead = false;
  for (const { cells, line, error } of rowsOf(text)) {
    const [term = "", target = "", ...rest] = cells.map((cell) => cell.trim());
    if (error !== undefined) problems.push({ file, line, message: error });
    else if (!isHeaderRead) {
      isHeaderRead = true;
      if (cells.join() === termFileHeader.join()) continue;
      return { table, problems: [{ file, line, message: `the first row must be ${termFileHeader.join()}` }] };
    } else if (rest.length !== 1)
      problems.push({ file, line, message: `has ${cells.length} cells, must have 3 (quote a term that contains a comma)` });
    else if (term === "") problems.push({ file, line, message: "has no partner_term" });
    else {
      const problem = addRow(table, term, target, vocabulary);
      if (problem !== undefined) problems.push({ file, line, ...problem });
    }
  }
  if (!isHeaderRead && problems.length === 0)
    problems.push({ file, line: 1, message: `is empty; the first row must be ${termFileHeader.join()}` });
  return { table, problems };
}

type RowProblem = Pick<RegistryProblem, "message" | "didYouMean">;

function addRow(table: Map<string, string[]>, term: string, target: string, vocabulary: TermFileName): RowProblem | undefined {
  const targets = table.get(foldTerm(term));
  if (target === "") {
    if (targets !== undefined) return { message: targets.length > 0 ? `"${term}" is both mapped and ignored` : `"${term}" is repeated` };
    table.set(foldTerm(term), []);
    return undefined;
  }
  const problem = targetProblem(target, vocabulary);
  if (problem !== undefined) return problem;
  if (targets === undefined) table.set(foldTerm(term), [target]);
  else if (targets.length === 0) return { message: `"${term}" is both ignored and mapped` };
  else if (targets.includes(target)) return { message: `"${term}" to "${target}" is repeated` };
  else if (vocabulary !== "financers" && vocabulary !== "perimeters" && oneTermVocabularies.has(vocabulary)) {
    return { message: `"${term}" has two terms, but ${vocabulary} allows one` };
  } else targets.push(target);
  return undefined;
}

/** Returns the error in one of our terms, or undefined. */
export function targetProblem(target: string, vocabulary: TermFileName): RowProblem | undefined {
  if (vocabulary === "financers") return financerProblem(target);
  if (vocabulary === "perimeters") return perimeterProblem(target);
  const slugs: readonly string[] = slugsOf(vocabulary);
  if (slugs.includes(target)) return undefined;
  const meant = nearest(target, slugs);
  return { message: `"${target}" is not a term of ${vocabulary}`, ...(meant !== undefined && { didYouMean: meant }) };
}

function financerProblem(target: string): RowProblem | undefined {
  const [name = "", siren, ...rest] = target.split("|");
  if (name.trim() === "" || name.length > limits.line || rest.length > 0) return { message: `"${target}" must be a name, or name|SIREN` };
  return siren === undefined || /^\d{9}$/.test(siren) ? undefined : { message: `"${siren}" is not a SIREN (nine digits)` };
}

function perimeterProblem(target: string): RowProblem | undefined {
  const ref = refOf(target);
  if (ref === undefined) return { message: `"${target}" must be scale:code (region:11)` };
  // The code of a former territory stays valid, so that a new edition of the official lists stops no connector.
  return findPerimeter(ref) === undefined ? { message: `unknown territory "${target}"` } : undefined;
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

interface Row {
  readonly cells: readonly string[];
  readonly line: number;
  readonly error?: string;
}

/** Returns the non-blank rows, each with the number of its first line. */
function rowsOf(text: string): Row[] {
  const rows: Row[] = [];
  let line = 1;
  let from = 0;
  Papa.parse<string[]>(text, {
    delimiter: ",",
    step: ({ data: cells, errors, meta }) => {
      const error = errors[0]?.message;
      if (error !== undefined || cells.some((cell) => cell.trim() !== ""))
        rows.push({ cells, line, ...(error !== undefined && { error }) });
      for (; from < meta.cursor; from++) if (text[from] === "\n") line++;
    },
  });
  return rows;
}
