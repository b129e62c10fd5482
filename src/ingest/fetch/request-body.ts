/** What is sent with a question to a feed, as written once: it can be sent again. */
export interface RequestBody {
  /** As the header `Content-Type` says it, boundary included. */
  readonly contentType: string;
  readonly bytes: Uint8Array;
}
