/** Body of a request. It can be sent again. */
export interface RequestBody {
  /** Value of the `Content-Type` header, with the boundary. */
  readonly contentType: string;
  readonly bytes: Uint8Array;
}
