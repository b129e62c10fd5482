import type { SheetRow } from "../excel/read-rows.ts";

/** A row as it is written: once, though it may stand many times. */
export interface RepeatedRow {
  /** Of the first one. */
  readonly number: number;
  readonly repeats: number;
  readonly row: Omit<SheetRow, "number" | "merges">;
  /** Merges that begin in it, by the number of rows that they reach over. */
  readonly merges: readonly { readonly left: number; readonly right: number; readonly rows: number }[];
}

/** Rows handed on at once: a million may be written as one. */
const slice = 500;

/** Each row as often as it stands there. */
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
