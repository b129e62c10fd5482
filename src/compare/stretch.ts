/**
 * Role in a difference: `kept` in both, `removed` and `added` inside a text; `old` and `new` if a whole value replaces another; `shown`
 * alone; `faint` for our own words in between.
 */
export type Style = "kept" | "removed" | "added" | "old" | "new" | "shown" | "faint";

/** A word, a punctuation mark or `"\n"`. `spaced`: preceded by a blank or at the start of a line. */
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
