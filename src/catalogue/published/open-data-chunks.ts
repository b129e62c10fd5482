import { promisify } from "node:util";
import { gzip } from "node:zlib";

const compress = promisify(gzip);

/** A piece of a file as a gzip member of its own; `isCompressed`: it is compressed already, more work gains nothing. */
export function gzipChunk(raw: Uint8Array, isCompressed: boolean): Promise<Buffer> {
  return compress(raw, { level: isCompressed ? 0 : 3 });
}
