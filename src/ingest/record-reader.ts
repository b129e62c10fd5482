import type { NewAid } from "../model/plan/plan.ts";
import { RowDecoder } from "./decode/csv/decode-rows.ts";
import { decodePiece } from "./decode/decode-piece.ts";
import type { Decoded } from "./decode/decoded.ts";
import type { Piece } from "./decode/piece.ts";
import { cleanDecoded } from "./forgotten-filter.ts";
import { BytesMemory } from "./known-records.ts";
import { type PieceReading, PieceResult, type ReadPiece, type RecordReading } from "./piece-result.ts";

/**
 * Reads pieces of a feed, in any order: decodes, selects, recognises, maps and validates their records. `write`: returns valid aids in the
 * form in which they are stored.
 */
export class RecordReader<Staged> {
  readonly #rows = new RowDecoder();
  readonly #memory: BytesMemory | null;

  constructor(
    private readonly reading: RecordReading,
    private readonly write: (aids: NewAid[]) => Staged,
  ) {
    const { known, mapping, tellsApart } = reading;
    this.#memory = known === null || tellsApart ? null : new BytesMemory(mapping, known);
  }

  read(piece: Piece, how: PieceReading): ReadPiece<Staged> {
    const result = new PieceResult(this.reading, how);
    for (const item of this.#decoded(piece, how.duplicates.size > 0)) {
      if (result.isAtLimit(how.limit)) break;
      result.add(this.#clean(item, result));
    }
    return result.end(this.write);
  }

  #decoded(piece: Piece, hasDuplicates: boolean): readonly Decoded[] {
    const memory = this.#memory;
    // A duplicate is stored as a record, so every row is decoded.
    if (memory !== null && hasDuplicates)
      return decodePiece(piece, this.#rows, { digestOf: (...record) => memory.digestOf(...record), find: () => -1 });
    return decodePiece(piece, this.#rows, memory ?? undefined);
  }

  #clean(item: Decoded, result: PieceResult): Decoded {
    const { cleaner } = this.reading;
    if (cleaner === null) return item;
    const clean = cleanDecoded(item, cleaner);
    if (clean !== item) result.namesForgotten = true;
    return clean;
  }
}
