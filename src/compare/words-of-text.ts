import type { Word } from "./stretch.ts";

const segmenter = new Intl.Segmenter("fr", { granularity: "word" });

/**
 * Splits a French text into words and punctuation: "l'eau", "1,5" and "aujourd'hui" are one word each. Several line breaks count as one;
 * all blanks are alike.
 */
export function wordsOfText(text: string): Word[] {
  const words: Word[] = [];
  for (const line of text.split(/\s*\n\s*/)) {
    if (words.length > 0) words.push({ text: "\n", spaced: false });
    addWords(line.replace(/\s+/g, " "), words);
  }
  return words;
}

function addWords(line: string, words: Word[]): void {
  let spaced = true;
  for (const { segment } of segmenter.segment(line)) {
    if (segment !== " ") words.push({ text: segment, spaced });
    spaced = segment === " ";
  }
}
