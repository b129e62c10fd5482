/** A piece of a feed's text. */
export interface TextPiece {
  readonly text: string;
  /** True if it replaces bytes that are invalid in the feed's encoding. */
  readonly repaired: boolean;
}
