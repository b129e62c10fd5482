import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants } from "node:zlib";
import { type Chunk, windowBytes } from "./content-chunks.ts";

/**
 * The new chunks of a window, compressed together, because small chunks compress badly alone. A deleted chunk keeps its place, with the size
 * 0.
 */
export interface Pack {
  readonly hashes: readonly string[];
  readonly sizes: readonly number[];
  readonly compressed: Uint8Array;
}

/** Consecutive chunks of a stored pack. `last` is included. */
export interface Extent {
  readonly pack: number;
  readonly first: number;
  readonly last: number;
}

/** One chunk of so many can be searched by its hash. It leads to the others of its pack, which usually belong to the same feeds. */
const chunksPerKey = 4;

/** The hash of a deleted chunk. */
const noHash = "0".repeat(32);

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/**
 * Compresses chunks with brotli at quality 1, which is faster than gzip at level 1, with a smaller result. Brotli has no checksum; the
 * SHA-256 of the part replaces it.
 */
export async function compressPack(chunks: readonly Chunk[]): Promise<Pack> {
  const raw = joined(chunks);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length };
  return {
    hashes: chunks.map(({ hash }) => hash),
    sizes: chunks.map(({ bytes }) => bytes.length),
    compressed: await compress(raw, { params }),
  };
}

/** Decompresses the chunks of a pack. Throws if the result is larger than a window, whatever the database contains. */
export async function chunksOf({ hashes, sizes, compressed }: Pack): Promise<Chunk[]> {
  const raw = await decompress(compressed, { maxOutputLength: windowBytes });
  let end = 0;
  return hashes.map((hash, index) => {
    const start = end;
    end += sizes[index] ?? 0;
    return { hash, bytes: raw.subarray(start, end) };
  });
}

/** Returns the pack without the chunks at these places. */
export async function withoutChunks(pack: Pack, places: readonly number[]): Promise<Pack> {
  const chunks = await chunksOf(pack);
  for (const place of places) chunks[place] = { hash: noHash, bytes: Buffer.alloc(0) };
  return compressPack(chunks);
}

/** Returns the hashes by which a pack is found. */
export function keysOf(hashes: readonly string[]): string[] {
  return hashes.filter((hash) => hash !== noHash).filter((_, index) => index % chunksPerKey === 0);
}

/** Reads a pack from texts, because both drivers read bytea as hexadecimal, PGlite at 6 MB/s. */
export function packOf({ hashes, sizes, compressed }: Readonly<Record<keyof Pack, string>>): Pack {
  return { hashes: hashesIn(hashes), sizes: sizes.split(",").map(Number), compressed: Buffer.from(compressed, "base64") };
}

/** Splits joined hashes. */
export function hashesIn(hex: string): string[] {
  return hex.match(/.{32}/g) ?? [];
}

/** Returns the bytes of chunks, without a copy if they follow each other in memory. */
export function joined(chunks: readonly Chunk[]): Buffer {
  const [first] = chunks;
  if (first === undefined) return Buffer.alloc(0);
  const { buffer, byteOffset } = first.bytes;
  let end = byteOffset;
  for (const { bytes } of chunks) {
    if (bytes.buffer !== buffer || bytes.byteOffset !== end) return Buffer.concat(chunks.map((chunk) => chunk.bytes));
    end += bytes.length;
  }
  return Buffer.from(buffer, byteOffset, end - byteOffset);
}
