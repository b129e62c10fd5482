import type { DecodeOptions } from "../../../kit/definition.ts";
import { issue } from "../../../model/issue.ts";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import type { FeedContent } from "../container/open-feed.ts";
import type { Decoded, DecodeLimits, RecordMemory } from "../decoded.ts";
import { recordTooLarge } from "../decoded.ts";
import { detectEncoding } from "../text/detect-encoding.ts";
import { readText } from "../text/read-text.ts";
import { CsvTable } from "./csv-table.ts";
import { detectDelimiter } from "./detect-delimiter.ts";
import { type RawRow, RowCutter, readCells } from "./row-cutter.ts";

/**
 * Reads a CSV. A record contains the unmodified text of each cell by column title. `RowCutter` splits the text into rows, and Papa Parse
 * reads their cells. Blank rows and repeated headers are not records. A row is broken if it has filled cells beyond the header, or if the
 * feed ends inside its quotes. Throws `FeedUnreadable`: `malformed` for binary content, `too-large` for a row that is too long.
 */
export async function* decodeCsv(
  content: FeedContent,
  options: Extract<DecodeOptions, { format: "csv" }>,
  limits: DecodeLimits,
  page: string,
): AsyncGenerator<Decoded[]> {
  const { delimiter, headerRow, rows } = await csvRows(content, options, limits, page);
  const table = new CsvTable(headerRow, page);
  for await (const cut of rows) yield decodeRows(cut, delimiter, table, page);
}

/** Reads a CSV like `decodeCsv`, but does not decode rows that the memory recalls. Looks up the next rows while it decodes a batch. */
export async function* decodeCsvWithMemory(
  content: FeedContent,
  options: Extract<DecodeOptions, { format: "csv" }>,
  limits: DecodeLimits,
  page: string,
  memory: RecordMemory,
): AsyncGenerator<Decoded[]> {
  const { delimiter, headerRow, rows } = await csvRows(content, options, limits, page);
  const table = new CsvTable(headerRow, page);
  let ahead: Promise<Decoded[]> | undefined;
  let batch: RawRow[] = [];
  let size = 0;
  const decodeBatch = async (): Promise<Decoded[]> => {
    const cut = batch;
    batch = [];
    size = 0;
    return decodeUnknownRows(cut, delimiter, table, page, memory);
  };
  for await (const cut of rows) {
    for (const row of cut) {
      if (!table.hasHeader) {
        yield decodeRows([row], delimiter, table, page);
        continue;
      }
      batch.push(row);
      size += row.text.length;
    }
    if (batch.length < rowsPerLookup && size < charactersPerLookup) continue;
    const next = decodeBatch();
    next.catch(() => undefined); // awaited later, where the error is thrown
    if (ahead !== undefined) yield await ahead;
    ahead = next;
  }
  if (ahead !== undefined) yield await ahead;
  yield await decodeBatch();
}

/** Maximum number of rows per lookup; fewer if they are long. */
const rowsPerLookup = 500;
const charactersPerLookup = 1 << 18;

async function decodeUnknownRows(
  rows: readonly RawRow[],
  delimiter: string,
  table: CsvTable,
  page: string,
  memory: RecordMemory,
): Promise<Decoded[]> {
  const recalled = await memory.recall(rows.map((row) => `${table.signature}${row.repaired ? "repaired" : ""}\u001e${row.text}`));
  const unknown = rows.filter((row, index) => recalled[index]?.head === undefined && isComplete(row));
  const cells = readCells(unknown, delimiter);
  const decoded: Decoded[] = [];
  let read = 0;
  for (const [index, row] of rows.entries()) {
    const head = recalled[index]?.head;
    const hash = recalled[index]?.hash ?? "";
    if (head !== undefined) decoded.push({ kind: "known", locator: `${page}row ${row.number}`, raw: row.text, head });
    else if (row.unterminated) decoded.push(unterminated(row, page));
    else if (isComplete(row)) {
      for (const found of table.read(row, cells[read++] ?? [])) decoded.push(found.kind === "record" ? { ...found, hash } : found);
    }
  }
  return decoded;
}

/** A first line that declares the delimiter for Excel. It is not the header. */
const excelSeparator = /^sep=([;,\t|])(?:\r|\n|$)/i;

async function csvRows(
  content: FeedContent,
  options: Extract<DecodeOptions, { format: "csv" }>,
  limits: DecodeLimits,
  page: string,
): Promise<{ delimiter: string; headerRow: number; rows: AsyncGenerator<RawRow[]> }> {
  const encoding = await detectEncoding(content, options.encoding);
  const head = new TextDecoder(encoding).decode(content.head);
  const separator = excelSeparator.exec(head)?.[1];
  const headerRow = separator === undefined ? options.headerRow : Math.max(options.headerRow, 2);
  const delimiter = options.delimiter ?? separator ?? detectDelimiter(head, content.isWhole, headerRow);
  return { delimiter, headerRow, rows: cutRows(content, encoding, new RowCutter(delimiter), limits, page) };
}

/**
 * Splits the text into rows. Yields the rows before an error. Throws `FeedUnreadable`: `malformed` for binary content, `too-large` for a
 * row that is too long.
 */
async function* cutRows(
  content: FeedContent,
  encoding: string,
  cutter: RowCutter,
  limits: DecodeLimits,
  page: string,
): AsyncGenerator<RawRow[]> {
  for await (const pieces of readText(content.bytes(), encoding)) {
    const rows: RawRow[] = [];
    for (const { text, repaired } of pieces) {
      const zero = text.indexOf("\0");
      rows.push(...cutter.push(zero === -1 ? text : text.slice(0, zero), repaired));
      if (zero === -1) continue;
      yield rows;
      throw new FeedUnreadable("malformed", { at: `${page}row ${cutter.rowNumber}`, reason: "NUL" });
    }
    if (cutter.pendingLength > limits.recordBytes) throw recordTooLarge(`${page}row ${cutter.rowNumber}`, limits.recordBytes);
    yield rows;
  }
  yield cutter.end();
}

function decodeRows(rows: readonly RawRow[], delimiter: string, table: CsvTable, page: string): Decoded[] {
  const complete = rows.filter(isComplete);
  const decoded: Decoded[] = [];
  const cells = readCells(complete, delimiter);
  for (const [index, row] of complete.entries()) decoded.push(...table.read(row, cells[index] ?? []));
  for (const row of rows) if (row.unterminated) decoded.push(unterminated(row, page));
  return decoded;
}

function isComplete(row: RawRow): boolean {
  return !row.unterminated && row.text !== "";
}

function unterminated(row: RawRow, page: string): Decoded {
  const locator = `${page}row ${row.number}`;
  return { kind: "broken", locator, raw: row.text, issue: issue("decode", "broken-record", { locator, value: row.text }) };
}
