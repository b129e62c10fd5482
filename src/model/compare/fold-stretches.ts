import type { Stretch, Word } from "./stretch.ts";

/** Number of unchanged words to show before and after a change. */
const context = 7;
/** Number of words to show at the beginning and at the end of a long insertion or deletion. */
const beginning = 40;
const ending = 8;
/** Maximum number of characters to show of a word. */
const maxWordLength = 120;
/** Minimum number of words to replace by a note. */
const minFolded = 12;

/** Returns a note about the number of words that are not shown. */
type LeftOut = (words: number) => string;

/** Shortens long stretches to the words next to a change. `leftOut` writes the note in place of the other words. */
export function foldStretches(stretches: readonly Stretch[], leftOut: LeftOut = (words) => `… ${words} words …`): Stretch[] {
  return stretches.flatMap((part, place) => {
    if (part.style !== "kept") return fold(part, beginning, ending, leftOut);
    return fold(part, place === 0 ? 0 : context, place === stretches.length - 1 ? 0 : context, leftOut);
  });
}

function fold(whole: Stretch, head: number, tail: number, leftOut: LeftOut): Stretch[] {
  const { style } = whole;
  const words = whole.words.map((word) =>
    word.text.length <= maxWordLength ? word : { ...word, text: `${word.text.slice(0, maxWordLength)}…` },
  );
  const fullEnd = Math.max(head, words.length - tail);
  // Keep a line break at the end, so that the next stretch still begins a line.
  const end = words[fullEnd - 1]?.text === "\n" ? fullEnd - 1 : fullEnd;
  const folded = wordCount(words.slice(head, end));
  if (folded < minFolded) return [{ style, words }];
  const note: Stretch = { style: "faint", words: [{ text: leftOut(folded), spaced: true }] };
  const after = words.slice(end).map((word, place) => (place === 0 ? { ...word, spaced: true } : word));
  return [{ style, words: words.slice(0, head) }, note, { style, words: after }].filter((part) => part.words.length > 0);
}

/** Counts words without punctuation. */
export function wordCount(words: readonly Word[]): number {
  let count = 0;
  for (const { text } of words) if (/[\p{L}\p{N}]/u.test(text)) count++;
  return count;
}
