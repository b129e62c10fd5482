import { FeedUnreadable } from "../../../aid/run-error.ts";
import { type CellRange, lastColumn } from "./cell-reference.ts";

/** Finds the ranges that cover a row while rows are read downwards, holding only those that are open. */
export class RangesByRow<R extends CellRange> {
  readonly #ranges: readonly R[];
  #next = 0;
  #open: R[] = [];
  #row = 0;

  constructor(ranges: readonly R[]) {
    this.#ranges = ranges.toSorted((one, other) => one.top - other.top);
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
      if (range.bottom >= row) this.#open.push(range);
      this.#next++;
      if (this.#open.length > lastColumn) throw new FeedUnreadable("malformed", { at: `row ${row}`, reason: "merges or links overlap" });
    }
    return this.#open;
  }
}
