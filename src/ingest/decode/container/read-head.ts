import { Buffer } from "node:buffer";

/** The first bytes of a feed. */
interface Head {
  readonly bytes: Uint8Array;
  /** True if `bytes` is the whole feed. */
  readonly isWhole: boolean;
}

/** Reads the first `length` bytes, or all if there are fewer, and then stops the source. */
export async function readHead(chunks: AsyncIterable<Uint8Array>, length: number): Promise<Head> {
  const read: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    read.push(chunk.slice());
    size += chunk.length;
    if (size > length) return { bytes: Buffer.concat(read).subarray(0, length), isWhole: false };
  }
  return { bytes: Buffer.concat(read), isWhole: true };
}
