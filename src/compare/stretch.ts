/**
 * How a part of a difference is shown: `kept` in both, `removed` and `added` inside a text that stays; `old` and `new` where one whole value takes the
 * place of another, `shown` where it stands by itself; `faint` for our own words between those of a text.
 */
export type Style = "kept" | "removed" | "added" | "old" | "new" | "shown" | "faint";

/** A word, a sign of punctuation, or `"\n"`, a line break. `spaced`: a blank stands before it, or it begins a line. */
export interface Word {
  readonly text: string;
  readonly spaced: boolean;
}

/** Words in a row that are shown alike. */
export interface Stretch {
  readonly style: Style;
  readonly words: readonly Word[];
}

/** A text as one stretch, cut at its blanks; they, and line breaks, are all alike. */
export function stretch(style: Style, text: string): Stretch {
  return {
    style,
    words: text
      .split(/\s+/)
      .filter((word) => word !== "")
      .map((word) => ({ text: word, spaced: true })),
  };
}
