import type { RowDecoder } from "./csv/decode-rows.ts";
import type { Decoded, RecordMemory } from "./decoded.ts";
import type { Piece } from "./piece.ts";
import { repairDecoded } from "./text/repair-decoded.ts";

/** Returns what a piece contains, with its texts repaired. Rows that the memory knows are not decoded. */
export function decodePiece(piece: Piece, rows: RowDecoder, memory?: RecordMemory): readonly Decoded[] {
  return piece.kind === "rows" ? rows.decode(piece, memory) : piece.items.map(repairDecoded);
}
