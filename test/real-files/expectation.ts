import { extname } from "node:path";
import type { RunErrorCode } from "../../src/model/run/run-error.ts";
import type { DecodeInput } from "../support/decode-bytes.ts";

/** One way to read a file, and the records that an independent count found there, broken ones included. */
export interface Reading {
  readonly decode: DecodeInput;
  readonly records: number;
}

/** A file that is refused: the code, and for a file without a decoder the name that it is refused by. */
interface Refusal {
  readonly ends: RunErrorCode;
  readonly found?: string;
}

/** What must become of each file, by its path in `data`: a number of records, read as its ending says; readings of its own; or a refusal. */
export type Counts = Readonly<Record<string, number | readonly Reading[] | Refusal>>;

/** Sheets of a workbook: name, row of the titles, rows below it that are not blank. */
export function sheets(...counted: readonly (readonly [name: string, headerRow: number, records: number])[]): Reading[] {
  return counted.map(([sheet, headerRow, records]) => ({ decode: { format: "excel", sheet, headerRow }, records }));
}

/** Elements at a path of XML, members of a list under a key of JSON. */
export function under(recordPath: string, records: number): Reading[] {
  return [{ decode: { format: recordPath.startsWith("/") ? "xml" : "json", recordPath }, records }];
}

/** How a file is read where nothing else is said: as its ending says, else as a table. */
export function decodeByEnding(file: string): DecodeInput {
  const ending = extname(file);
  if (ending === ".json") return { format: "json" };
  if (ending === ".xml") return { format: "xml", recordPath: "/*" };
  return [".xlsx", ".xlsm", ".xls", ".ods"].includes(ending) ? { format: "excel" } : { format: "csv" };
}
