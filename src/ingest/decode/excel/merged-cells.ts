import { type CellRange, lastColumn as lastColumnOfSheets } from "./cell-reference.ts";
import { RangesByRow, rangesOverlap } from "./ranges-by-row.ts";
import type { SheetCell, SheetRow } from "./read-rows.ts";

interface Merge extends CellRange {
  /** Its first cell, once read. */
  first?: SheetCell;
}

/** Repeats the first cell of a merge in its other cells, as a person sees it. Requires every row, in the order of the sheet. */
export class MergedCells {
  readonly #merges: RangesByRow<Merge>;

  /** `ranges`: merges known in advance. Others arrive with their first row. */
  constructor(ranges: readonly CellRange[]) {
    this.#merges = new RangesByRow(ranges.map((range): Merge => ({ ...range })));
  }

  /**
   * Returns the cells that merges add to a row, up to `lastColumn`. A merge with an empty first cell adds none, and an error is not
   * repeated. Direction `down` repeats only in the first column of the merge. Throws `FeedUnreadable` (`malformed`) if overlapping merges
   * add more cells than a row has columns.
   */
  repeatedIn(row: SheetRow, lastColumn: number, direction: "down" | "down-and-across"): SheetCell[] {
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
      const right = direction === "down" ? merge.left : Math.min(merge.right, lastColumn);
      if (repeated.length + right - merge.left > lastColumnOfSheets) throw rangesOverlap(row.number);
      for (let column = merge.left; column <= right; column++) {
        if (column !== merge.left || row.number !== merge.top) repeated.push({ ...merge.first, column });
      }
    }
    return repeated;
  }
}
