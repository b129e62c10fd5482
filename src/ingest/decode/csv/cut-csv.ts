import { issue } from "../../../model/issue.ts";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import type { FeedContent } from "../container/open-feed.ts";
import { areRecords, type Decoded, type DecodeLimits, type FeedReading, recordTooLarge } from "../decoded.ts";
import type { Piece, RowsPiece, TableHead } from "../piece.ts";
import { detectEncoding } from "../text/detect-encoding.ts";
import { utf8Bytes } from "../text/read-text.ts";
import { CsvTable } from "./csv-table.ts";
import { type CutRows, PieceCutter } from "./cut-pieces.ts";
import { RowTexts, unterminatedRow } from "./decode-rows.ts";
import { delimiters, detectDelimiter, titlesUnder } from "./detect-delimiter.ts";
import { type RawRow, readCells } from "./raw-row.ts";

type CsvReading = Extract<FeedReading, { format: "csv" }>;

/**
 * Cuts a CSV into pieces: first what its header says, then its rows. `page` is a prefix for locators, `page 2, ` or empty. Yields the
 * rows before an error. Throws `FeedUnreadable`: `malformed` for binary content, `too-large` for a row that is too long.
 */
export async function* cutCsv(content: FeedContent, options: CsvReading, limits: DecodeLimits, page: string): AsyncGenerator<Piece> {
  const { encoding, delimiter, headerRow } = await readingOf(content, options);
  const { delimiter: declared } = options;
  if (declared !== undefined && declared !== delimiter)
    yield { kind: "decoded", items: [{ kind: "issue", issue: issue("decode", "reading-changed", { params: { declared, delimiter } }) }] };
  const cutter = new PieceCutter(delimiter, limits.pieceBytes);
  const header = new HeaderFinder({ page, encoding, delimiter, headerRow, leaveOut: options.leaveOut });
  for await (const chunk of utf8Bytes(content, encoding)) {
    const zero = chunk.indexOf(0);
    for (const rows of cutter.push(zero === -1 ? chunk : chunk.subarray(0, zero))) yield* header.piecesOf(rows);
    if (zero !== -1) {
      yield* header.piecesOf(cutter.take());
      throw new FeedUnreadable("malformed", { at: `${page}row ${cutter.rowNumber}`, reason: "NUL" });
    }
    if (cutter.pendingLength > limits.recordBytes) {
      yield* header.piecesOf(cutter.take());
      throw recordTooLarge(`${page}row ${cutter.rowNumber}`, limits.recordBytes);
    }
  }
  yield* header.piecesOf(cutter.end());
}

/** A first line that declares the delimiter for Excel. It is not the header. */
const excelSeparator = /^sep=([;,\t|])(?:\r|\n|$)/i;

async function readingOf(content: FeedContent, options: CsvReading): Promise<{ encoding: string; delimiter: string; headerRow: number }> {
  const encoding = await detectEncoding(content, options.encoding);
  const head = new TextDecoder(encoding).decode(content.head);
  const separator = excelSeparator.exec(head)?.[1];
  const headerRow = separator === undefined ? options.headerRow : Math.max(options.headerRow, 2);
  const declared = options.delimiter === undefined ? undefined : (changedDelimiter(head, headerRow, options) ?? options.delimiter);
  const delimiter = declared ?? separator ?? detectDelimiter(head, content.isWhole, headerRow);
  return { encoding, delimiter, headerRow };
}

/** Returns the delimiter that gives the header the columns of the connector, if the declared one does not and only one other does. */
function changedDelimiter(head: string, headerRow: number, options: CsvReading): string | null {
  const fits = (delimiter: string) => areRecords(options, titlesUnder(head, delimiter, headerRow));
  if (options.delimiter === undefined || options.shareOfFields === undefined || fits(options.delimiter)) return null;
  const [found, another] = delimiters.filter(fits);
  return found !== undefined && another === undefined ? found : null;
}

/** Reads the rows up to the header; the others become pieces. */
class HeaderFinder {
  readonly #table: CsvTable;
  #header: TableHead["header"] | null = null;

  constructor(private readonly reading: Omit<TableHead, "header">) {
    this.#table = new CsvTable(reading);
  }

  *piecesOf(cut: CutRows): Generator<Piece> {
    const piece = (): RowsPiece => ({ kind: "rows", ...cut, table: { ...this.reading, header: this.#header } });
    const texts = this.#header === null ? new RowTexts(piece()) : null;
    let read = 0;
    for (; texts !== null && this.#header === null && read < texts.count; read++) {
      const row = texts.row(read);
      const items = row.unterminated ? [unterminatedRow(row, this.reading.page)] : this.#read(row);
      if (items.length > 0) yield { kind: "decoded", items };
    }
    const count = cut.extents.length / 2;
    if (read === count) return;
    yield { ...piece(), extents: cut.extents.slice(2 * read), first: cut.first + read, strays: cut.strays.map((index) => index - read) };
  }

  #read(row: RawRow): Decoded[] {
    if (row.text === "") return [];
    const items = this.#table.read(row, readCells([row], this.reading.delimiter)[0] ?? []);
    if (this.#table.hasHeader) this.#header = row;
    return items;
  }
}
