/** One page or file of a feed as received, stored on disk. Fetch writes it, decode reads it. */
export interface FeedPart {
  /** File name or last segment of the address, for its extension. */
  readonly name: string;
  /** Content type from the server, or null. */
  readonly contentType: string | null;
  /** Size as received, in bytes. */
  readonly bytes: number;
  /** Path of a file with random access (Excel and zip need it). */
  readonly path: string;
  /** Reads the bytes as received, from the start. */
  open(): AsyncIterable<Uint8Array>;
}
