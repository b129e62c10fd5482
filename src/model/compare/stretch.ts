/** Role of words: parts of a text, whole values (`old`, `new`), a value without a comparison (`shown`), or a note of ours (`faint`). */
export type Style = "kept" | "removed" | "added" | "old" | "new" | "shown" | "faint";

/** A word, a punctuation mark or `"\n"`. `spaced` is true after a blank and at the start of a line. */
export interface Word {
  readonly text: string;
  readonly spaced: boolean;
}

/** Consecutive words with one role. */
export interface Stretch {
  readonly style: Style;
  readonly words: readonly Word[];
}

/** Returns a text as one stretch, split at blanks and line breaks. */
export function stretch(style: Style, text: string): Stretch {
  return {
    style,
    words: text
      .split(/\s+/)
      .filter((word) => word !== "")
      .map((word) => ({ text: word, spaced: true })),
  };
}
