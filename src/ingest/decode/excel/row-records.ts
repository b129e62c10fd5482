import { issue } from "../../../model/issue.ts";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import type { Decoded } from "../decoded.ts";
import { leadsElsewhere } from "../link-formula.ts";
import { type CellRange, lastColumn, RangesByRow, rangesOverlap } from "./cell-ranges.ts";
import { decompressionLimit } from "./open-package.ts";
import { type Header, readHeader, titleOf } from "./read-header.ts";
import type { LinkedRange, SheetRanges } from "./read-ranges.ts";
import type { SheetCell, SheetRow } from "./read-rows.ts";

/** Layout of a sheet. */
export interface SheetLayout {
  readonly sheetName: string;
  /** Row with the titles, as numbered in the spreadsheet. */
  readonly headerRow: number;
  /** Number of rows below the header that are not records. */
  readonly skipRows: number;
}

/** Maximum text of all records of a sheet, characters. */
interface RecordsLimit {
  readonly decompressedBytes: number;
}

/** Maximum length of the stored text of a row that is too large to be a record, characters. */
const maxRawLength = 10_000;

/**
 * Converts the rows of a sheet to records. Rows must be in order. A row whose only content comes from merges is not a record. A column
 * without a title is read as `column N`, but a filled cell to the right of the header row makes its row broken. If a cell links to an
 * address that differs from its text, the record also has the field `<title> (link)`.
 */
export class RowRecords {
  readonly #layout: SheetLayout;
  readonly #merged: MergedCells;
  readonly #links: RangesByRow<LinkedRange>;
  #header: Header | null = null;
  #headerTexts = new Map<number, string>();
  readonly #unnamed = new Set<number>();
  readonly #maxSize: number;
  #size = 0;

  constructor(layout: SheetLayout, ranges: SheetRanges, limits: RecordsLimit) {
    this.#layout = layout;
    this.#maxSize = limits.decompressedBytes;
    this.#merged = new MergedCells(ranges.merges);
    this.#links = new RangesByRow(ranges.links);
  }

  /** Returns a record, a broken record, or issues about the feed. Returns an empty list for a row that is not a record. */
  read(row: SheetRow): Decoded[] {
    const { headerRow, skipRows } = this.#layout;
    if (row.number === headerRow && this.#header === null) return this.#readHeader(row);
    const repeated = this.#merged.repeatedIn(row, this.#header?.width ?? 0, "down-and-across");
    if (row.number < headerRow) return [];
    const header = this.#header ?? this.#noHeader();
    if (row.number <= headerRow + skipRows || !(row.isTooLarge || row.cells.some(isFilled))) return [];
    this.#grow(row.size + header.titles.size);
    if (row.isTooLarge) return [this.#broken(row, "broken-record", row.cells[0]?.value)];
    const surplus = row.cells.find((cell) => cell.column > header.width && isFilled(cell));
    if (surplus !== undefined) return [this.#broken(row, "too-many-cells", surplus.value)];
    if (this.#isHeaderAgain(row)) return [{ kind: "issue", issue: issue("decode", "repeated-header", { locator: this.#locator(row) }) }];
    return this.#readRecord(row, header, repeated);
  }

  /** Ends the sheet. Throws `FeedUnreadable` (`no-header`) if it has no header. */
  end(): void {
    if (this.#header === null) this.#noHeader();
  }

  #readHeader(row: SheetRow): Decoded[] {
    const cells = [...row.cells, ...this.#merged.repeatedIn(row, lastColumn, "down")];
    const header = readHeader(cells, row.width);
    if (header.titles.size === 0) this.#noHeader();
    this.#header = header;
    for (const cell of row.cells) if (isFilled(cell)) this.#headerTexts.set(cell.column, titleOf(cell));
    return header.duplicates.map(({ column, title, readAs }) => ({
      kind: "issue",
      issue: issue("decode", "duplicate-column", { field: readAs, params: { title, column } }),
    }));
  }

  #readRecord(row: SheetRow, header: Header, repeated: readonly SheetCell[]): Decoded[] {
    const locator = this.#locator(row);
    const values = new Map<string, unknown>();
    for (const title of header.titles.values()) values.set(title, "");
    const cells = new Map<number, SheetCell>();
    for (const cell of row.cells) if (isFilled(cell) || header.titles.has(cell.column)) cells.set(cell.column, cell);
    for (const cell of repeated) {
      if (!header.titles.has(cell.column)) continue;
      this.#grow(String(cell.value).length);
      cells.set(cell.column, cell);
    }
    const targets = this.#targetsIn(row, header.width);
    const decoded: Decoded[] = [];
    const issues = [];
    for (const cell of cells.values()) {
      const title = header.titles.get(cell.column);
      const key = title ?? header.untitled.get(cell.column) ?? "";
      if (title === undefined) decoded.push(...this.#unnamedColumn(cell.column, key));
      values.set(key, cell.value);
      if (cell.error !== undefined) issues.push(issue("decode", "cell-error", { locator, field: key, value: cell.error }));
      if (cell.readAsLink !== undefined) issues.push(issue("decode", "link-formula", { locator, value: cell.readAsLink }));
      const target = cell.link ?? targets.get(cell.column);
      if (target !== undefined && leadsElsewhere(target, cell.value) && !values.has(`${key} (link)`)) values.set(`${key} (link)`, target);
    }
    decoded.push({ kind: "record", locator, values: Object.fromEntries(values), ...(issues.length > 0 ? { issues } : {}) });
    return decoded;
  }

  /** Limits the text of all records. A small file can repeat a long text a million times by shared texts, merges or titles. */
  #grow(size: number): void {
    this.#size += size;
    if (this.#size > this.#maxSize) throw decompressionLimit(`sheet ${this.#layout.sheetName}`, this.#maxSize);
  }

  #targetsIn(row: SheetRow, width: number): ReadonlyMap<number, string> {
    const targets = new Map<number, string>();
    for (const link of this.#links.covering(row.number)) {
      for (let column = link.left; column <= Math.min(link.right, width); column++) targets.set(column, link.target);
    }
    return targets;
  }

  #unnamedColumn(column: number, key: string): Decoded[] {
    if (this.#unnamed.has(column)) return [];
    this.#unnamed.add(column);
    return [{ kind: "issue", issue: issue("decode", "unnamed-column", { field: key, params: { column } }) }];
  }

  #isHeaderAgain(row: SheetRow): boolean {
    const filled = row.cells.filter(isFilled);
    return (
      filled.length > 1 &&
      filled.length === this.#headerTexts.size &&
      filled.every((cell) => this.#headerTexts.get(cell.column) === titleOf(cell))
    );
  }

  #broken(row: SheetRow, code: "too-many-cells" | "broken-record", value: unknown): Decoded {
    const locator = this.#locator(row);
    const text = row.cells.map((cell) => String(cell.value)).join("\t");
    const raw = row.isTooLarge ? `${text.slice(0, maxRawLength)}…` : text;
    const params =
      code === "broken-record"
        ? { reason: "the row is larger than a record may be" }
        : { found: row.cells.findLast(isFilled)?.column ?? 0, expected: this.#header?.width ?? 0 };
    return { kind: "broken", locator, raw, issue: issue("decode", code, { locator, value, params }) };
  }

  #locator(row: SheetRow): string {
    return `sheet ${this.#layout.sheetName}, row ${row.number}`;
  }

  #noHeader(): never {
    throw new FeedUnreadable("no-header", { sheet: this.#layout.sheetName, row: this.#layout.headerRow });
  }
}

function isFilled(cell: SheetCell): boolean {
  return cell.error !== undefined || typeof cell.value !== "string" || cell.value.trim() !== "";
}

interface Merge extends CellRange {
  /** First cell of the merge. Set when its row is read. */
  first?: SheetCell;
}

/** Repeats the first cell of a merge in its other cells. Rows must be complete and in order. */
export class MergedCells {
  readonly #merges: RangesByRow<Merge>;

  /** `ranges` are the merges known in advance. Others arrive with their first row. */
  constructor(ranges: readonly CellRange[]) {
    this.#merges = new RangesByRow(ranges.map((range): Merge => ({ ...range })));
  }

  /**
   * Returns the cells that merges add to a row, up to column `last`. Does not repeat an empty cell or an error. The direction `down`
   * repeats only in the first column of the merge. Throws `FeedUnreadable` (`malformed`) if overlapping merges add more cells than a row
   * has columns.
   */
  repeatedIn(row: SheetRow, last: number, direction: "down" | "down-and-across"): SheetCell[] {
    const repeated: SheetCell[] = [];
    let cells: ReadonlyMap<number, SheetCell> | undefined;
    for (const range of row.merges ?? []) this.#merges.add({ ...range });
    for (const merge of this.#merges.covering(row.number)) {
      if (merge.top === row.number) {
        cells ??= new Map(row.cells.map((cell) => [cell.column, cell]));
        const first = cells.get(merge.left);
        if (first !== undefined) merge.first = first;
      }
      if (merge.first === undefined || merge.first.error !== undefined) continue;
      const right = direction === "down" ? merge.left : Math.min(merge.right, last);
      if (repeated.length + right - merge.left > lastColumn) throw rangesOverlap(row.number);
      for (let column = merge.left; column <= right; column++) {
        if (column !== merge.left || row.number !== merge.top) repeated.push({ ...merge.first, column });
      }
    }
    return repeated;
  }
}
