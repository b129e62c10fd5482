import { issue } from "../../../aid/issue.ts";
import { FeedUnreadable } from "../../../aid/run-error.ts";
import type { DecodeOptions } from "../../../connector-kit/definition.ts";
import type { FeedContent } from "../container/open-feed.ts";
import type { Decoded, DecodeLimits } from "../decoded.ts";
import { recordTooLarge } from "../record-too-large.ts";
import { readText } from "../text/read-text.ts";
import { CsvTable } from "./csv-table.ts";
import { detectCsvEncoding } from "./detect-csv-encoding.ts";
import { detectDelimiter } from "./detect-delimiter.ts";
import { readCells } from "./read-cells.ts";
import { type RawRow, RowCutter } from "./row-cutter.ts";

/**
 * Reads a CSV: every title -> the cell's text as it stands. Rows are cut here (any mix of line ends), their cells read by Papa Parse.
 * Blank rows and repeated headers are no records; a row with filled cells beyond the header, or that the feed ends inside the quotes of, is broken.
 * @param page put before every locator: `page 2, ` or nothing
 * @throws FeedUnreadable `malformed` for binary content, `too-large` for an endless row
 */
export async function* decodeCsv(
  content: FeedContent,
  options: Extract<DecodeOptions, { format: "csv" }>,
  limits: DecodeLimits,
  page: string,
): AsyncGenerator<Decoded[]> {
  const encoding = await detectCsvEncoding(content, options.encoding);
  const head = new TextDecoder(encoding).decode(content.head);
  const delimiter = options.delimiter ?? detectDelimiter(head, content.isWhole, options.headerRow);
  const cutter = new RowCutter(delimiter);
  const table = new CsvTable(options.headerRow, page);
  for await (const pieces of readText(content.bytes(), encoding)) {
    const rows: RawRow[] = [];
    for (const { text, repaired } of pieces) {
      const zero = text.indexOf("\0");
      rows.push(...cutter.push(zero === -1 ? text : text.slice(0, zero), repaired));
      if (zero === -1) continue;
      yield decodeRows(rows, delimiter, table, page);
      throw new FeedUnreadable("malformed", { at: `${page}row ${cutter.rowNumber}`, reason: "NUL" });
    }
    if (cutter.pendingLength > limits.recordBytes) throw recordTooLarge(`${page}row ${cutter.rowNumber}`, limits.recordBytes);
    yield decodeRows(rows, delimiter, table, page);
  }
  yield decodeRows(cutter.end(), delimiter, table, page);
}

function decodeRows(rows: readonly RawRow[], delimiter: string, table: CsvTable, page: string): Decoded[] {
  const complete = rows.filter((row) => !row.unterminated && row.text !== "");
  const decoded: Decoded[] = [];
  const cells = readCells(complete, delimiter);
  for (const [index, row] of complete.entries()) decoded.push(...table.read(row, cells[index] ?? []));
  for (const row of rows) if (row.unterminated) decoded.push(unterminated(row, page));
  return decoded;
}

function unterminated(row: RawRow, page: string): Decoded {
  const locator = `${page}row ${row.number}`;
  return { kind: "broken", locator, raw: row.text, issue: issue("decode", "broken-record", { locator, value: row.text }) };
}
