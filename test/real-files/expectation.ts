import { extname } from "node:path";
import type { RunErrorCode } from "../../src/model/run/run-error.ts";
import type { DecodeInput } from "../support/decode-bytes.ts";

/** A way to read a file, and the independently counted number of its records, including broken ones. */
export interface Reading {
  readonly decode: DecodeInput;
  readonly records: number;
}

/** A refused file: the code and, for a file without a decoder, the name in the refusal. */
interface Refusal {
  readonly ends: RunErrorCode;
  readonly found?: string;
}

/** The expected result of each file, by its path in `data`: a number of records for the reading by extension, explicit readings, or a refusal. */
export type Counts = Readonly<Record<string, number | readonly Reading[] | Refusal>>;

/** Returns readings for sheets of a workbook: name, header row, non-blank rows below it. */
export function sheets(...counted: readonly (readonly [name: string, headerRow: number, records: number])[]): Reading[] {
  return counted.map(([sheet, headerRow, records]) => ({ decode: { format: "excel", sheet, headerRow }, records }));
}

/** Returns the reading of elements at an XML path, or of list members under a JSON key. */
export function under(recordPath: string, records: number): Reading[] {
  return [{ decode: { format: recordPath.startsWith("/") ? "xml" : "json", recordPath }, records }];
}

/** Returns the default reading of a file, by its extension; other files are read as tables. */
export function decodeByEnding(file: string): DecodeInput {
  const ending = extname(file);
  if (ending === ".json") return { format: "json" };
  if (ending === ".xml") return { format: "xml", recordPath: "/*" };
  return [".xlsx", ".xlsm", ".xls", ".ods"].includes(ending) ? { format: "excel" } : { format: "csv" };
}
