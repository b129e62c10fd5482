import { FeedUnreadable } from "../../../model/run/run-error.ts";

/** Last column of a sheet in Excel (XFD). */
export const lastColumn = 16_384;
/** Last row of a sheet in Excel. */
const lastRow = 1_048_576;

/** A block of cells. The bounds are inclusive; rows and columns count from 1. */
export interface CellRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

const capitalA = 65;
const capitalZ = 90;

/** Returns the column of a reference (28 for `AB12`), or null if the column is invalid. */
export function columnOf(reference: string): number | null {
  let column = 0;
  for (let index = 0; index < reference.length; index++) {
    const code = reference.charCodeAt(index);
    if (code < capitalA || code > capitalZ) break;
    column = column * 26 + code - capitalA + 1;
    if (column > lastColumn) return null;
  }
  return column === 0 ? null : column;
}

const rangePattern = /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/;

/** Returns the cells of `B2` or `B2:D9`, or null if it is invalid. */
export function rangeOf(reference: string): CellRange | null {
  const [, firstColumn, firstRow, secondColumn = firstColumn, secondRow = firstRow] = rangePattern.exec(reference.trim()) ?? [];
  const columns = [columnOf(firstColumn ?? ""), columnOf(secondColumn ?? "")];
  const rows = [Number(firstRow), Number(secondRow)];
  const [left, right] = columns;
  const [top, bottom] = rows;
  if (left == null || right == null || !isRow(top) || !isRow(bottom)) return null;
  return { top: Math.min(top, bottom), left: Math.min(left, right), bottom: Math.max(top, bottom), right: Math.max(left, right) };
}

/** Returns true if a number is a valid row in Excel. */
export function isRow(row: number | undefined): row is number {
  return Number.isInteger(row) && Number(row) >= 1 && Number(row) <= lastRow;
}

/** Finds the ranges that cover a row. Rows must be in rising order. */
export class RangesByRow<R extends CellRange> {
  readonly #ranges: readonly R[];
  #next = 0;
  #open: R[] = [];
  #row = 0;

  /** `ranges` are the ranges known in advance. `add` adds others. */
  constructor(ranges: readonly R[]) {
    this.#ranges = ranges.toSorted((one, other) => one.top - other.top);
  }

  /** Adds a range that begins in the next row. */
  add(range: R): void {
    this.#openRange(range);
  }

  /**
   * Returns the ranges that cover a row, or an empty list if the row is out of order. Throws `FeedUnreadable` (`malformed`) if more ranges
   * than columns cover it: they overlap, and would make every row slow.
   */
  covering(row: number): readonly R[] {
    if (row < this.#row) return [];
    this.#row = row;
    if (this.#open.some((range) => range.bottom < row)) this.#open = this.#open.filter((range) => range.bottom >= row);
    for (let range = this.#ranges[this.#next]; range !== undefined && range.top <= row; range = this.#ranges[this.#next]) {
      if (range.bottom >= row) this.#openRange(range);
      this.#next++;
    }
    return this.#open;
  }

  #openRange(range: R): void {
    this.#open.push(range);
    if (this.#open.length > lastColumn) throw rangesOverlap(range.top);
  }
}

/** Returns the error for ranges that overlap too much. */
export function rangesOverlap(row: number): FeedUnreadable {
  return new FeedUnreadable("malformed", { at: `row ${row}`, reason: "merges or links overlap" });
}
