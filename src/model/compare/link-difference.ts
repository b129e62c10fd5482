import type { Stretch, Word } from "./stretch.ts";
import { wordDifference } from "./word-difference.ts";

/** Longer unchanged parts are shortened to their first `head` and last `tail` characters. */
const maxKeptLength = 48;
const head = 30;
const tail = 12;

/** Compares the parts of two links. Shortens unchanged parts unless `whole`. Returns null if the links have too little in common. */
export function linkDifference(before: string, after: string, whole: boolean): Stretch[] | null {
  const stretches = wordDifference(partsOf(before), partsOf(after));
  return whole || stretches === null ? stretches : stretches.map(shortened);
}

function partsOf(link: string): Word[] {
  const parts = link.split(/(:\/\/|[/?#&=])/).filter((part) => part !== "");
  return parts.map((text, place) => ({ text, spaced: place === 0 }));
}

function shortened({ style, words }: Stretch): Stretch {
  const text = words.map((word) => word.text).join("");
  if (style !== "kept" || text.length <= maxKeptLength) return { style, words };
  return { style, words: [{ text: `${text.slice(0, head)}…${text.slice(-tail)}`, spaced: words[0]?.spaced ?? true }] };
}
