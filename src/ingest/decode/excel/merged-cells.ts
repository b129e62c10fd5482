import { type CellRange, lastColumn as lastColumnOfSheets } from "./cell-reference.ts";
import { RangesByRow, rangesOverlap } from "./ranges-by-row.ts";
import type { SheetCell, SheetRow } from "./read-rows.ts";

interface Merge extends CellRange {
  /** What its first cell holds, once that has been read. */
  first?: SheetCell;
}

/** Repeats what the first cell of a merge holds in its other cells, as a person sees it. Every row is passed, in the sheet's order. */
export class MergedCells {
  readonly #merges: RangesByRow<Merge>;

  /** @param ranges the merges that are known before the rows; others come with the row that they begin in */
  constructor(ranges: readonly CellRange[]) {
    this.#merges = new RangesByRow(ranges.map((range): Merge => ({ ...range })));
  }

  /**
   * What merges put into a row, up to a column: the first cell's value under each other column of the merge. A merge whose first cell is
   * empty puts nothing. An error is not repeated: it was said once. Downwards only (`down`) it is repeated in the merge's first column alone.
   * @throws FeedUnreadable `malformed` where merges overlap so much that they put more than a row has columns
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
