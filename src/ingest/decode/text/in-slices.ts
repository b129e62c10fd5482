/** Small enough that strings made from a slice stay in V8's young generation: with 64 KB, reading XML took a third longer. */
const largestSlice = 16 * 1024;

/** Splits a chunk into slices of at most 16 KB, so that memory does not depend on the size of chunks. */
export function* inSlices(chunk: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < chunk.length; from += largestSlice) yield chunk.subarray(from, from + largestSlice);
}
