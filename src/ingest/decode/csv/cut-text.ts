import { PieceCutter } from "./cut-pieces.ts";
import { RowTexts } from "./decode-rows.ts";
import type { RawRow } from "./raw-row.ts";

/** Cuts a text, such as the start of a feed, into rows. `last`: the row without a line end, or null. */
export function cutText(text: string, delimiter: string): { readonly complete: readonly RawRow[]; readonly last: RawRow | null } {
  const bytes = Buffer.from(text);
  const cutter = new PieceCutter(delimiter, bytes.length + 1);
  const table = { page: "", encoding: "utf-8", delimiter, headerRow: 1, header: null };
  const rowsOf = (cut: ReturnType<PieceCutter["take"]>) => [...new RowTexts({ kind: "rows", table, ...cut })];
  const full = [...cutter.push(bytes), cutter.take()];
  return { complete: full.flatMap(rowsOf), last: rowsOf(cutter.end())[0] ?? null };
}
