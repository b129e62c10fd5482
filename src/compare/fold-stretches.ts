import type { Stretch, Word } from "./stretch.ts";

/** Words shown of what is kept, beside a change. */
const context = 7;
/** Words shown of a long text that is put in or taken out: its beginning and its end. */
const beginning = 40;
const ending = 8;
/** What is longer is no word: characters shown of it. */
const longestWord = 120;
/** Fewer words are shown rather than folded. */
const fewestFolded = 12;

/** Says how many words were left out. */
type LeftOut = (words: number) => string;

/** Long stretches cut down to the words that are next to a change, and how many were left out, as `leftOut` says it. */
export function foldStretches(stretches: readonly Stretch[], leftOut: LeftOut = (words) => `… ${words} words …`): Stretch[] {
  return stretches.flatMap((part, place) => {
    if (part.style !== "kept") return fold(part, beginning, ending, leftOut);
    return fold(part, place === 0 ? 0 : context, place === stretches.length - 1 ? 0 : context, leftOut);
  });
}

function fold(whole: Stretch, head: number, tail: number, leftOut: LeftOut): Stretch[] {
  const { style } = whole;
  const words = whole.words.map((word) =>
    word.text.length <= longestWord ? word : { ...word, text: `${word.text.slice(0, longestWord)}…` },
  );
  const fullEnd = Math.max(head, words.length - tail);
  // What begins a line goes on doing so.
  const end = words[fullEnd - 1]?.text === "\n" ? fullEnd - 1 : fullEnd;
  const folded = wordCount(words.slice(head, end));
  if (folded < fewestFolded) return [{ style, words }];
  const said: Stretch = { style: "faint", words: [{ text: leftOut(folded), spaced: true }] };
  const after = words.slice(end).map((word, place) => (place === 0 ? { ...word, spaced: true } : word));
  return [{ style, words: words.slice(0, head) }, said, { style, words: after }].filter((part) => part.words.length > 0);
}

/** Signs of punctuation left out. */
export function wordCount(words: readonly Word[]): number {
  let count = 0;
  for (const { text } of words) if (/[\p{L}\p{N}]/u.test(text)) count++;
  return count;
}
