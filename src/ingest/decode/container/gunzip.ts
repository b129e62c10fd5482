import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { FeedUnreadable } from "../../../model/run/run-error.ts";

/**
 * The bytes inside a gzip file.
 * @throws FeedUnreadable `malformed` where it is damaged or cut
 */
export async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const inflate = createGunzip();
  // Errors of either stream reach the loop below; the callback is there because pipeline asks for one.
  pipeline(Readable.from(chunks, { objectMode: false }), inflate, () => undefined);
  let size = 0;
  try {
    for await (const chunk of inflate as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      yield chunk;
    }
  } catch (error) {
    if (!isZlibError(error)) throw error;
    throw new FeedUnreadable("malformed", { at: `gzip, byte ${size}` }, { cause: error });
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("Z_");
}
