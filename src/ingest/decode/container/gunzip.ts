import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { FeedUnreadable } from "../../../model/run/run-error.ts";

/** Decompresses a gzip file. Throws `FeedUnreadable` (`malformed`) if it is damaged or truncated. */
export async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const inflate = createGunzip();
  // The loop below receives the errors of both streams; pipeline requires the callback.
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
