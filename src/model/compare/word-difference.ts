import { diffArrays } from "diff";
import type { Stretch, Word } from "./stretch.ts";

/** Maximum number of inserted and deleted words. Texts with more are not compared: time is quadratic, and 0.2 s at this limit. */
const maxEdits = 1_500;
/** Minimum share of characters of the shorter text that the texts must have in common to be compared. */
const minInCommon = 0.4;
/** Two changes are joined if the unchanged part between them is not longer, in characters: "de", "(", "à la". */
const islandLength = 4;

/** Returns the removed, added and kept words. Returns null if the texts share too little, or differ in more than `maxEditLength` words. */
export function wordDifference(before: readonly Word[], after: readonly Word[], maxEditLength = maxEdits): Stretch[] | null {
  const found = diffArrays([...before], [...after], { comparator: (a, b) => a.text === b.text, maxEditLength });
  if (found === undefined) return null;
  const stretches = withoutIslands(
    found.map(({ value, added, removed }) => ({ style: added ? "added" : removed ? "removed" : "kept", words: value })),
  );
  const kept = lengthOf(stretches.filter(({ style }) => style === "kept").flatMap(({ words }) => words));
  return kept < minInCommon * Math.min(lengthOf(before), lengthOf(after)) ? null : stretches;
}

function lengthOf(words: readonly Word[]): number {
  let length = 0;
  for (const { text } of words) length += text.length;
  return length;
}

/** Joins changes. Between two kept stretches remain at most one removal and then one addition. */
function withoutIslands(stretches: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  let removed: Word[] = [];
  let added: Word[] = [];
  const endChange = () => {
    if (removed.length > 0) joined.push({ style: "removed", words: removed });
    if (added.length > 0) joined.push({ style: "added", words: added });
    removed = [];
    added = [];
  };
  for (const [place, part] of stretches.entries()) {
    const isBetween = removed.length + added.length > 0 && place < stretches.length - 1;
    if (part.style === "kept" && !(isBetween && isIsland(part.words))) {
      endChange();
      joined.push(part);
      continue;
    }
    if (part.style !== "added") removed = removed.concat(part.words);
    if (part.style !== "removed") added = added.concat(part.words);
  }
  endChange();
  return joined;
}

function isIsland(words: readonly Word[]): boolean {
  return lengthOf(words) <= islandLength && words.every(({ text }) => text !== "\n");
}

const segmenter = new Intl.Segmenter("fr", { granularity: "word" });

/** Splits a French text into words and punctuation. "l'eau", "1,5" and "aujourd'hui" are one word each. Line breaks are folded. */
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
