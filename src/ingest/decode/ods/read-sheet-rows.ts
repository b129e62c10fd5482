import { FeedUnreadable } from "../../../model/run/run-error.ts";
import type { DecodeLimits } from "../decoded.ts";
import { lastColumn } from "../excel/cell-ranges.ts";
import type { DateSystem } from "../excel/cell-value.ts";
import type { OfficePackage } from "../excel/open-package.ts";
import { cellSize, type SheetCell, type SheetRow, withLink } from "../excel/read-rows.ts";
import { streamXml, type XmlEvents } from "../excel/read-xml.ts";
import { CellText } from "./cell-text.ts";
import { contentPart } from "./find-sheet.ts";
import { formulaOf, openDocumentValue } from "./open-document-value.ts";

/**
 * Streams the non-empty rows of the sheet at a position. Yields the rows before a damaged place, and then throws the error. Repeats rows
 * and cells with a repeat count, except empty ones, which programs repeat up to a million times.
 */
export async function* readSheetRows(file: OfficePackage, position: number, limits: DecodeLimits): AsyncGenerator<SheetRow[]> {
  const reader = new RowReader(position, limits.recordBytes);
  try {
    for await (const _ of streamXml(file.read(contentPart, limits.decompressedBytes), contentPart, reader))
      yield* repeatedRows(reader.take());
  } catch (error) {
    yield* repeatedRows(reader.take());
    throw error;
  }
}

type Attributes = Readonly<Record<string, string>>;

/** Last row of a sheet in LibreOffice. */
const lastRow = 16_777_216;
/** Widths of sheets in programs. A row is padded with empty cells to such a width; these cells do not count as columns. */
const paddedWidths: ReadonlySet<number> = new Set([256, 1024, lastColumn]);
const rowContainers: ReadonlySet<string> = new Set(["table-header-rows", "table-rows", "table-row-group"]);

class RowReader implements XmlEvents {
  readonly #wanted: number;
  readonly #maxSize: number;
  readonly #text: CellText;
  #rows: RepeatedRow[] = [];
  #dateSystem: DateSystem = 1900;
  /** Depth of the current element, and depths of the open spreadsheet, sheet, row and cell (0 if closed). */
  #depth = 0;
  #spreadsheet = 0;
  #sheet = 0;
  #row = 0;
  #cell = 0;
  /** Number of open elements from an ignored element on. */
  #skipped = 0;
  #sheets = 0;
  #number = 0;
  #repeats = 1;
  #isHidden = false;
  #cells: SheetCell[] = [];
  #merges: RepeatedRow["merges"][number][] = [];
  #column = 0;
  #width = 0;
  #size = 0;
  #attributes: Attributes = {};
  #isCovered = false;

  constructor(wanted: number, maxSize: number) {
    this.#wanted = wanted;
    this.#maxSize = maxSize;
    this.#text = new CellText(maxSize);
  }

  /** Returns the rows completed since the last call. */
  take(): RepeatedRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(element: string, attributes: Attributes): void {
    this.#depth++;
    if (this.#skipped > 0) this.#skipped++;
    else if (this.#cell > 0) this.#text.open(element, attributes);
    else if (this.#row > 0) this.#openInRow(element, attributes);
    else if (this.#sheet > 0) this.#openInSheet(element, attributes);
    else if (this.#spreadsheet > 0) this.#openInSpreadsheet(element, attributes);
    else if (element === "spreadsheet") this.#spreadsheet = this.#depth;
  }

  text(text: string): void {
    if (this.#cell > 0) this.#text.text(text);
  }

  close(): void {
    const depth = this.#depth--;
    if (this.#skipped > 0) this.#skipped--;
    else if (depth === this.#cell) this.#endCell();
    else if (this.#cell > 0) this.#text.close();
    else if (depth === this.#row) this.#endRow();
    else if (depth === this.#sheet) this.#sheet = 0;
    else if (depth === this.#spreadsheet) this.#spreadsheet = 0;
  }

  #openInSpreadsheet(element: string, attributes: Attributes): void {
    if (element === "null-date" && attributes["table:date-value"] === "1904-01-01") this.#dateSystem = 1904;
    if (element === "calculation-settings" || element === "null-date") return;
    if (element === "table" && this.#sheets++ === this.#wanted) this.#sheet = this.#depth;
    else this.#skipped = 1;
  }

  #openInSheet(element: string, attributes: Attributes): void {
    if (rowContainers.has(element)) return;
    if (element !== "table-row") {
      this.#skipped = 1;
      return;
    }
    this.#row = this.#depth;
    this.#repeats = countOf(attributes["table:number-rows-repeated"]);
    this.#isHidden = (attributes["table:visibility"] ?? "visible") !== "visible";
    this.#cells = [];
    this.#merges = [];
    this.#column = 0;
    this.#width = 0;
    this.#size = 0;
  }

  #openInRow(element: string, attributes: Attributes): void {
    this.#isCovered = element === "covered-table-cell";
    if (!this.#isCovered && element !== "table-cell") {
      this.#skipped = 1;
      return;
    }
    this.#cell = this.#depth;
    this.#attributes = attributes;
  }

  #endCell(): void {
    this.#cell = 0;
    const { text, link } = this.#text.take();
    const first = this.#column + 1;
    this.#column += countOf(this.#attributes["table:number-columns-repeated"]);
    const last = Math.min(this.#column, lastColumn);
    const stored = openDocumentValue(this.#attributes, text, this.#dateSystem);
    const value = { ...withLink(stored, formulaOf(this.#attributes)), ...(link === undefined ? {} : { link }) };
    const isEmpty = value.value === "" && value.error === undefined;
    if (isEmpty && !this.#isWide()) return;
    this.#width = last;
    if (isEmpty) return;
    this.#addMerge(first);
    const size = cellSize + (typeof value.value === "string" ? value.value.length : 0) + (value.link?.length ?? 0);
    for (let column = first; column <= last && !this.#isTooLarge(); column++) {
      this.#size += size;
      this.#cells.push({ column, ...value });
    }
  }

  /** Returns true if an empty cell counts as a column of the row, because it has a style or is covered by a merge. */
  #isWide(): boolean {
    return this.#isCovered || (this.#attributes["table:style-name"] !== undefined && !paddedWidths.has(this.#column));
  }

  #addMerge(left: number): void {
    const columns = countOf(this.#attributes["table:number-columns-spanned"]);
    const rows = countOf(this.#attributes["table:number-rows-spanned"]);
    if (columns > 1 || rows > 1) this.#merges.push({ left, right: Math.min(left + columns - 1, lastColumn), rows });
  }

  #endRow(): void {
    this.#row = 0;
    const number = this.#number + 1;
    this.#number += this.#repeats;
    if (this.#cells.length === 0) return;
    if (this.#number > lastRow) throw new FeedUnreadable("malformed", { at: contentPart, reason: `more than ${lastRow} rows` });
    const row = { cells: this.#cells, width: this.#width, size: this.#size, isTooLarge: this.#isTooLarge(), isHidden: this.#isHidden };
    this.#rows.push({ number, repeats: this.#repeats, row, merges: this.#merges });
  }

  #isTooLarge(): boolean {
    return this.#size > this.#maxSize;
  }
}

/** Returns a repeat or span count, at least 1. */
function countOf(written: string | undefined): number {
  const count = Number(written ?? 1);
  return Number.isSafeInteger(count) && count >= 1 ? count : 1;
}

/** A row of the file with its repeat count. */
interface RepeatedRow {
  /** Number of the first repeated row. */
  readonly number: number;
  readonly repeats: number;
  readonly row: Omit<SheetRow, "number" | "merges">;
  /** Merges that begin in the row, with their number of rows. */
  readonly merges: readonly { readonly left: number; readonly right: number; readonly rows: number }[];
}

/** Maximum number of rows per batch. One row may be repeated a million times. */
const batchSize = 500;

/** Yields each row as often as it is repeated. */
function* repeatedRows(rows: readonly RepeatedRow[]): Generator<SheetRow[]> {
  let ready: SheetRow[] = [];
  for (const written of rows) {
    for (let place = 0; place < written.repeats; place++) {
      ready.push(rowAt(written, written.number + place));
      if (ready.length < batchSize) continue;
      yield ready;
      ready = [];
    }
  }
  if (ready.length > 0) yield ready;
}

function rowAt({ row, merges }: RepeatedRow, number: number): SheetRow {
  if (merges.length === 0) return { ...row, number };
  return { ...row, number, merges: merges.map(({ left, right, rows }) => ({ top: number, left, bottom: number + rows - 1, right })) };
}
