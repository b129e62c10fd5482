import Papa from "papaparse";
import { RunFailed } from "../../../model/run/run-error.ts";

/** A row of the feed, without its line end. */
export interface RawRow {
  /** From 1, as in a spreadsheet: blank rows count, and a row with quoted line breaks counts once. */
  readonly number: number;
  readonly text: string;
  /** True if some of its bytes are invalid in the feed's encoding. */
  readonly repaired: boolean;
  /** True if the feed ends inside quotes of this row. */
  readonly unterminated: boolean;
}

/**
 * Rewrites each cell of a row that has text after its closing quote: `"a"b "c"` becomes `"ab ""c"""`, which is its value in Excel. Papa
 * Parse would read the cell up to a later quote.
 */
export function rewriteStrayQuotes(row: string, delimiter: string): string {
  let written = "";
  for (let at = 0; ; ) {
    const cell = row[at] === '"' ? endOfQuoted(row, at, delimiter) : { text: "", end: at };
    const end = row.indexOf(delimiter, cell.end);
    written += cell.text + row.slice(cell.end, end < 0 ? row.length : end);
    if (end < 0) return written;
    written += delimiter;
    at = end + 1;
  }
}

/** Returns a quoted cell, rewritten if it needs to be, and its end. */
function endOfQuoted(row: string, start: number, delimiter: string): { text: string; end: number } {
  let closing = row.indexOf('"', start + 1);
  while (closing >= 0 && row[closing + 1] === '"') closing = row.indexOf('"', closing + 2);
  if (closing < 0) return { text: row.slice(start), end: row.length };
  const next = row.indexOf(delimiter, closing + 1);
  const end = next < 0 ? row.length : next;
  const tail = row.slice(closing + 1, end);
  const text = tail === "" ? row.slice(start, end) : `${row.slice(start, closing)}${tail.replaceAll('"', '""')}"`;
  return { text, end };
}

/** Reads the cells of rows, which must be complete and not empty, as texts. */
export function readCells(rows: readonly RawRow[], delimiter: string): string[][] {
  const text = rows.map((row) => row.text).join("\n");
  const { data } = Papa.parse<string[]>(text, { delimiter, newline: "\n", quoteChar: '"', escapeChar: '"' });
  if (data.length !== rows.length) throw new RunFailed("internal", { where: `row ${rows[0]?.number ?? 0}` });
  return data;
}
