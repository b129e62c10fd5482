/** Small enough that the strings made from it live in V8's young generation: 64 KB slices took a third longer (XML) to read. */
const largestSlice = 16 * 1024;

/** Cuts a chunk into slices of at most 16 KB, so that what is held at once does not depend on how the bytes arrive. */
export function* inSlices(chunk: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < chunk.length; from += largestSlice) yield chunk.subarray(from, from + largestSlice);
}
