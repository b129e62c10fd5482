/** Some text of a feed, in order. */
export interface TextPiece {
  readonly text: string;
  /** True for characters made from bytes that are not text in the feed's encoding. */
  readonly repaired: boolean;
}
