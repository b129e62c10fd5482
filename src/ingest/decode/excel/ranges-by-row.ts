import { FeedUnreadable } from "../../../model/run/run-error.ts";
import { type CellRange, lastColumn } from "./cell-reference.ts";

/** Finds the ranges that cover a row while rows are read downwards, holding only those that are open. */
export class RangesByRow<R extends CellRange> {
  readonly #ranges: readonly R[];
  #next = 0;
  #open: R[] = [];
  #row = 0;

  /** @param ranges those that are known before the rows are read */
  constructor(ranges: readonly R[]) {
    this.#ranges = ranges.toSorted((one, other) => one.top - other.top);
  }

  /** Adds a range that begins in the row that is asked next. */
  add(range: R): void {
    this.#openRange(range);
  }

  /**
   * The ranges that cover a row. Rows are asked in rising order; one asked out of order is covered by nothing. More ranges than Excel has
   * columns would overlap, and make every row slow: `malformed`.
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

/** Ranges that overlap so much that they would make every row slow. */
export function rangesOverlap(row: number): FeedUnreadable {
  return new FeedUnreadable("malformed", { at: `row ${row}`, reason: "merges or links overlap" });
}
