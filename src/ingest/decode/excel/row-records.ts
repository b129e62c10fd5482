import type { DecodeOptions, RowKind } from "../../../kit/definition.ts";
import { issue } from "../../../model/issue.ts";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import type { Decoded } from "../decoded.ts";
import { leadsElsewhere } from "../link-formula.ts";
import { leftOutCodes, rowKindOf } from "../row-kind.ts";
import { type CellRange, lastColumn, RangesByRow, rangesOverlap } from "./cell-ranges.ts";
import { decompressionLimit } from "./open-package.ts";
import { type Header, joinHeaderRows, readHeader, titleOf } from "./read-header.ts";
import type { LinkedRange, SheetRanges } from "./read-ranges.ts";
import type { SheetCell, SheetRow } from "./read-rows.ts";
import type { SheetMarks } from "./sheet-marks.ts";

/** Layout of a sheet. */
export type SheetLayout = Omit<Extract<DecodeOptions, { format: "excel" }>, "format" | "sheet">;

/** Maximum text of all records of a sheet, characters. */
interface RecordsLimit {
  readonly decompressedBytes: number;
}

/** Maximum number of hidden columns that an issue names. */
const maxColumnsNamed = 20;
/** Maximum length of the stored text of a row that is too large to be a record, characters. */
const maxRawLength = 10_000;

/**
 * Converts the rows of a sheet to records. Rows must be in order. A row whose only content comes from merges is not a record. A column
 * without a title is read as `column N`, but a filled cell to the right of the header row makes its row broken. If a cell links to an
 * address that differs from its text, the record also has the field `<title> (link)`.
 */
export class RowRecords {
  readonly #sheetName: string;
  readonly #layout: SheetLayout;
  readonly #lastHeaderRow: number;
  readonly #leaveOut: ReadonlySet<RowKind>;
  readonly #merged: MergedCells;
  readonly #links: RangesByRow<LinkedRange>;
  readonly #marks: SheetMarks | null;
  #header: Header | null = null;
  /** Cells of the header rows that were read. The last row's are the titles that repeat in the middle of a sheet. */
  readonly #headerCells: (readonly SheetCell[])[] = [];
  #headerWidth = 0;
  #headerTexts = new Map<number, string>();
  readonly #unnamed = new Set<number>();
  /** The last filled cell of each column to fill down. */
  readonly #lastFilled = new Map<number, SheetCell | null>();
  #banner = "";
  #hiddenRows = 0;
  /** Columns with cells that merges repeat down, and columns with blank cells. */
  readonly #mergedDown = new Set<number>();
  readonly #blank = new Set<number>();
  readonly #maxSize: number;
  #size = 0;

  /** `marks`: what else the sheet shows, if it is known. */
  constructor(sheetName: string, layout: SheetLayout, ranges: SheetRanges, limits: RecordsLimit, marks: SheetMarks | null = null) {
    this.#sheetName = sheetName;
    this.#layout = layout;
    this.#lastHeaderRow = lastHeaderRowOf(layout);
    this.#leaveOut = new Set([...(layout.leaveOut ?? []), ...(layout.bannerField === undefined ? [] : (["banners"] as const))]);
    this.#maxSize = limits.decompressedBytes;
    this.#merged = new MergedCells(ranges.merges);
    this.#links = new RangesByRow(ranges.links);
    this.#marks = marks;
  }

  /** Returns a record, a broken record, or issues about the feed. Returns an empty list for a row that is not a record. */
  read(row: SheetRow): Decoded[] {
    const { headerRow, skipRows } = this.#layout;
    if (this.#header === null && row.number >= headerRow && row.number <= this.#lastHeaderRow) return this.#readHeaderRow(row);
    const found = this.#header === null && row.number > headerRow ? this.#endHeader() : [];
    const repeated = this.#merged.repeatedIn(row, this.#header?.width ?? 0, "down-and-across");
    if (row.number < headerRow) return [];
    const header = this.#header ?? this.#noHeader();
    if (row.number <= this.#lastHeaderRow + skipRows || !(row.isTooLarge || row.cells.some(isFilled))) return found;
    this.#grow(row.size + header.titles.size);
    if (row.isTooLarge) return [...found, this.#broken(row, "broken-record", row.cells[0]?.value)];
    const surplus = row.cells.find((cell) => cell.column > header.width && isFilled(cell));
    if (surplus !== undefined) return [...found, this.#broken(row, "too-many-cells", surplus.value)];
    if (this.#isHeaderAgain(row)) return [...found, this.#rowIssue("repeated-header", row)];
    const kind = this.#leaveOut.size === 0 ? null : this.#kindOf(row, header, repeated);
    if (kind !== null && this.#leaveOut.has(kind)) return [...found, this.#leaveOutRow(row, kind)];
    const records = this.#readRecord(row, header, repeated);
    return found.length > 0 ? [...found, ...records] : records;
  }

  /** Ends the sheet. Returns issues about it. Throws `FeedUnreadable` (`no-header`) if it has no header. */
  end(): Decoded[] {
    const found = this.#header === null ? this.#endHeader() : [];
    const header = this.#header ?? this.#noHeader();
    const locator = `sheet ${this.#sheetName}`;
    const hiddenColumns = Array.from(header.titles).flatMap(([column, title]) => (this.#marks?.isHiddenColumn(column) ? [title] : []));
    if (this.#hiddenRows > 0 || hiddenColumns.length > 0) {
      const params = { rows: this.#hiddenRows, columns: hiddenColumns.slice(0, maxColumnsNamed).join(", ") };
      found.push({ kind: "issue", issue: issue("decode", "hidden-cells", { locator, params }) });
    }
    if (this.#marks?.hasManyColours) found.push({ kind: "issue", issue: issue("decode", "colours-ignored", { locator }) });
    for (const column of this.#mergedDown) {
      const field = header.titles.get(column);
      if (field === undefined || !this.#blank.has(column) || this.#lastFilled.has(column)) continue;
      found.push({ kind: "issue", issue: issue("decode", "blank-below-merges", { locator, field }) });
    }
    return found;
  }

  /** Reads a header row. Returns issues about the titles after the last one. */
  #readHeaderRow(row: SheetRow): Decoded[] {
    const isLast = row.number === this.#lastHeaderRow;
    this.#headerCells.push([...row.cells, ...this.#merged.repeatedIn(row, lastColumn, isLast ? "down" : "down-and-across")]);
    this.#headerWidth = Math.max(this.#headerWidth, row.width);
    for (const cell of row.cells) if (isLast && isFilled(cell)) this.#headerTexts.set(cell.column, titleOf(cell));
    return isLast ? this.#endHeader() : [];
  }

  #endHeader(): Decoded[] {
    const [first = [], ...others] = this.#headerCells;
    const header = readHeader(others.length === 0 ? first : joinHeaderRows(this.#headerCells), this.#headerWidth);
    if (header.titles.size === 0) this.#noHeader();
    this.#header = header;
    const columns = new Map(Array.from(header.titles, ([column, title]) => [title, column]));
    const neverSeen = (this.#layout.fillDown ?? []).filter((title) => !columns.has(title));
    for (const title of this.#layout.fillDown ?? []) {
      const column = columns.get(title);
      if (column !== undefined) this.#lastFilled.set(column, null);
    }
    return [
      ...header.duplicates.map(
        ({ column, title, readAs }): Decoded => ({
          kind: "issue",
          issue: issue("decode", "duplicate-column", { field: readAs, params: { title, column } }),
        }),
      ),
      ...neverSeen.map((field): Decoded => ({ kind: "issue", issue: issue("decode", "field-never-seen", { field }) })),
    ];
  }

  /** Returns the kind of a row by its own cells and those that merges repeat down into it. */
  #kindOf(row: SheetRow, header: Header, repeated: readonly SheetCell[]): RowKind | null {
    const own = new Set(row.cells.map(({ column }) => column));
    const down = repeated.filter((cell) => !own.has(cell.column) && cell.isRepeatedDown === true);
    const filled = [...row.cells.filter(isFilled), ...down].toSorted((one, other) => one.column - other.column);
    const startsBlank = filled[0]?.column !== Math.min(...header.titles.keys());
    return rowKindOf({ filled: filled.map(({ value }) => String(value)), startsBlank, columns: header.titles.size });
  }

  #leaveOutRow(row: SheetRow, kind: RowKind): Decoded {
    const text = row.cells
      .filter(isFilled)
      .map(({ value }) => String(value).trim())
      .join(" ");
    if (kind === "banners") this.#banner = text;
    return this.#rowIssue(leftOutCodes[kind], row, text);
  }

  #rowIssue(code: "repeated-header" | "total-row" | "banner-row", row: SheetRow, value?: string): Decoded {
    return { kind: "issue", issue: issue("decode", code, { locator: this.#locator(row), value }) };
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
    if (row.isHidden === true) this.#hiddenRows++;
    this.#noteBlanks(header, cells, repeated);
    if (this.#lastFilled.size > 0) this.#fillDown(cells);
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
    const { sheetField, bannerField } = this.#layout;
    if (sheetField !== undefined) values.set(sheetField, this.#sheetName);
    if (bannerField !== undefined) values.set(bannerField, this.#banner);
    this.#grow((sheetField?.length ?? 0) + (bannerField === undefined ? 0 : this.#banner.length));
    decoded.push({ kind: "record", locator, values: Object.fromEntries(values), ...(issues.length > 0 ? { issues } : {}) });
    return decoded;
  }

  /** Notes columns that have both merged and blank cells. */
  #noteBlanks(header: Header, cells: ReadonlyMap<number, SheetCell>, repeated: readonly SheetCell[]): void {
    for (const cell of repeated) if (cell.isRepeatedDown === true) this.#mergedDown.add(cell.column);
    if (this.#mergedDown.size === 0 && this.#blank.size === header.titles.size) return;
    for (const column of header.titles.keys()) {
      const cell = cells.get(column);
      if (cell === undefined || !isFilled(cell)) this.#blank.add(column);
    }
  }

  /** Fills the blank cells of the declared columns with the cell above. */
  #fillDown(cells: Map<number, SheetCell>): void {
    for (const [column, last] of this.#lastFilled) {
      const cell = cells.get(column);
      if (cell !== undefined && isFilled(cell)) this.#lastFilled.set(column, cell);
      else if (last !== null) {
        this.#grow(String(last.value).length);
        cells.set(column, last);
      }
    }
  }

  /** Limits the text of all records. A small file can repeat a long text a million times by shared texts, merges or titles. */
  #grow(size: number): void {
    this.#size += size;
    if (this.#size > this.#maxSize) throw decompressionLimit(`sheet ${this.#sheetName}`, this.#maxSize);
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
    return `sheet ${this.#sheetName}, row ${row.number}`;
  }

  #noHeader(): never {
    throw new FeedUnreadable("no-header", { sheet: this.#sheetName, row: this.#layout.headerRow });
  }
}

/** Returns the last row of the header, as numbered in the spreadsheet. */
export function lastHeaderRowOf({ headerRow, headerRows = 1 }: SheetLayout): number {
  return headerRow + headerRows - 1;
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
        if (column !== merge.left || row.number !== merge.top)
          repeated.push({ ...merge.first, column, ...(row.number > merge.top && { isRepeatedDown: true }) });
      }
    }
    return repeated;
  }
}
