import { FeedUnreadable } from "../../../model/run/run-error.ts";

/** Passes bytes on up to `limit`. Throws `FeedUnreadable` (`decompression-limit`) beyond it. */
export async function* limitSize(chunks: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > limit) throw new FeedUnreadable("decompression-limit", { limitMb: Math.round(limit / 1024 ** 2) });
    yield chunk;
  }
}
