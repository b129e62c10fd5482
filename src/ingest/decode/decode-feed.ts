import { RowDecoder } from "./csv/decode-rows.ts";
import { cutFeed } from "./cut-feed.ts";
import { decodePiece } from "./decode-piece.ts";
import type { Decoded, DecodeLimits, FeedPart, FeedReading } from "./decoded.ts";

/**
 * Reads a feed in order: records, broken records, issues about the feed, and the announced total, in batches. Throws `FeedUnreadable` if
 * the rest of the feed cannot be read, after yielding the records before.
 */
export async function* decodeFeed(
  parts: readonly FeedPart[],
  options: FeedReading,
  limits: DecodeLimits,
): AsyncGenerator<readonly Decoded[]> {
  const rows = new RowDecoder();
  for await (const piece of cutFeed(parts, options, limits)) yield decodePiece(piece, rows);
}
