import Papa from "papaparse";
import { RunFailed } from "../../../model/run/run-error.ts";
import type { RawRow } from "./row-cutter.ts";

/** Reads the cells of complete, non-empty rows as text. */
export function readCells(rows: readonly RawRow[], delimiter: string): string[][] {
  const text = rows.map((row) => row.text).join("\n");
  const { data } = Papa.parse<string[]>(text, { delimiter, newline: "\n", quoteChar: '"', escapeChar: '"' });
  if (data.length !== rows.length) throw new RunFailed("internal", { where: `row ${rows[0]?.number ?? 0}` });
  return data;
}
