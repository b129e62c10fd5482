/** One page or file of a feed, as received, lying where it can be read again. Given by fetch, read by decode. */
export interface FeedPart {
  /** File name or last segment of the address, for its extension. */
  readonly name: string;
  /** What the server said, where there was one. */
  readonly contentType: string | null;
  /** Number of bytes as received. */
  readonly bytes: number;
  /** Where the bytes lie: a file that can be read by position (Excel, zip). */
  readonly path: string;
  /** The bytes as received, from the start. */
  open(): AsyncIterable<Uint8Array>;
}
