import type { CellRange } from "./cell-reference.ts";
import { RangesByRow } from "./ranges-by-row.ts";
import type { SheetCell, SheetRow } from "./read-rows.ts";

interface Merge extends CellRange {
  /** What its first cell holds, once that has been read. */
  first?: SheetCell;
}

/** Repeats what the first cell of a merge holds in its other cells, as a person sees it. Every row is passed, in the sheet's order. */
export class MergedCells {
  readonly #merges: RangesByRow<Merge>;

  constructor(ranges: readonly CellRange[]) {
    this.#merges = new RangesByRow(ranges.map((range): Merge => ({ ...range })));
  }

  /**
   * What merges put into a row, up to a column: the first cell's value under each other column of the merge. A merge whose first cell is
   * empty puts nothing. An error is not repeated: it was said once. Downwards only (`down`) it is repeated in the merge's first column alone.
   */
  repeatedIn(row: SheetRow, lastColumn: number, direction: "down" | "down-and-across"): SheetCell[] {
    const repeated: SheetCell[] = [];
    for (const merge of this.#merges.covering(row.number)) {
      if (merge.top === row.number) {
        const first = row.cells.find(({ column }) => column === merge.left);
        if (first !== undefined) merge.first = first;
      }
      if (merge.first === undefined || merge.first.error !== undefined) continue;
      const right = direction === "down" ? merge.left : Math.min(merge.right, lastColumn);
      for (let column = merge.left; column <= right; column++) {
        if (column !== merge.left || row.number !== merge.top) repeated.push({ ...merge.first, column });
      }
    }
    return repeated;
  }
}
