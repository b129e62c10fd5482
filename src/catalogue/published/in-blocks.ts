/** Splits a stream of bytes into blocks of `size` bytes. The last block may be shorter. Yields nothing for an empty stream. */
export async function* inBlocks(bytes: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let pieces: Uint8Array[] = [];
  let filled = 0;
  for await (const piece of bytes) {
    for (let rest = piece; rest.length > 0; ) {
      const taken = rest.subarray(0, size - filled);
      pieces.push(taken);
      filled += taken.length;
      rest = rest.subarray(taken.length);
      if (filled < size) continue;
      yield Buffer.concat(pieces, filled);
      pieces = [];
      filled = 0;
    }
  }
  if (filled > 0) yield Buffer.concat(pieces, filled);
}
