import { FeedUnreadable } from "../../../model/run/run-error.ts";
import { type CellRange, lastColumn } from "./cell-reference.ts";

/** Finds the ranges that cover a row, for rows in rising order. Holds only the open ranges. */
export class RangesByRow<R extends CellRange> {
  readonly #ranges: readonly R[];
  #next = 0;
  #open: R[] = [];
  #row = 0;

  /** `ranges`: those known in advance. */
  constructor(ranges: readonly R[]) {
    this.#ranges = ranges.toSorted((one, other) => one.top - other.top);
  }

  /** Adds a range that begins in the next row. */
  add(range: R): void {
    this.#openRange(range);
  }

  /**
   * Returns the ranges that cover a row, or none for a row out of order. Throws `FeedUnreadable` (`malformed`) for more ranges than
   * columns, which overlap and would make every row slow.
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
