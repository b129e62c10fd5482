/** A page or file of a feed as received, in a file on disk. */
export interface FeedPart {
  /** File name, or last segment of the address. Only its extension is used. */
  readonly name: string;
  /** Content type from the server, or null. */
  readonly contentType: string | null;
  readonly bytes: number;
  /** Path of the file. Excel and zip need random access. */
  readonly path: string;
  /** Reads the bytes from the start. */
  open(): AsyncIterable<Uint8Array>;
}

/** Yields these bytes. */
export async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
