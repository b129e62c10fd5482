import type { SheetRow } from "../excel/read-rows.ts";

/** A row as written, with its repeat count. */
export interface RepeatedRow {
  /** Number of the first repetition. */
  readonly number: number;
  readonly repeats: number;
  readonly row: Omit<SheetRow, "number" | "merges">;
  /** Merges that begin in it, with their number of rows. */
  readonly merges: readonly { readonly left: number; readonly right: number; readonly rows: number }[];
}

/** Rows per batch: one row may be repeated a million times. */
const slice = 500;

/** Yields each row as often as it is repeated. */
export function* repeatedRows(rows: readonly RepeatedRow[]): Generator<SheetRow[]> {
  let ready: SheetRow[] = [];
  for (const written of rows) {
    for (let place = 0; place < written.repeats; place++) {
      ready.push(rowAt(written, written.number + place));
      if (ready.length < slice) continue;
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
