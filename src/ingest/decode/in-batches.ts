import type { Decoded } from "./decoded.ts";

const batchSize = 500;
/**
 * A piece is read from at most 16 KB (`inSlices`). Larger batches outlive V8's young generation, which is slow: with four times as many
 * pieces, reading took a third longer.
 */
const maxPieces = 16;

/** Joins pieces into batches of about 500. Yields the pieces before an error, and then throws the error. */
export async function* inBatches(pieces: AsyncIterable<readonly Decoded[]>): AsyncGenerator<Decoded[]> {
  let batch: Decoded[] = [];
  let count = 0;
  try {
    for await (const piece of pieces) {
      if (piece.length === 0) continue;
      for (const decoded of piece) batch.push(decoded);
      count++;
      if (batch.length < batchSize && count < maxPieces) continue;
      yield batch;
      batch = [];
      count = 0;
    }
  } catch (error) {
    if (batch.length > 0) yield batch;
    throw error;
  }
  if (batch.length > 0) yield batch;
}
