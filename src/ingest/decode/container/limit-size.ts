import { FeedUnreadable } from "../../../model/run/run-error.ts";

/**
 * Passes decompressed bytes on as long as there are no more than `limit`.
 * @throws FeedUnreadable `decompression-limit`
 */
export async function* limitSize(chunks: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > limit) throw new FeedUnreadable("decompression-limit", { limitMb: Math.round(limit / 1024 ** 2) });
    yield chunk;
  }
}
