import { fingerprintOf } from "../../model/text/canonical.ts";
import { comparableLink } from "../../model/text/comparable-link.ts";
import { comparableText } from "../../model/text/comparable-text.ts";

/** Longer ones are no words, and the index holds none above 2,046 bytes. */
const longestWord = 60;
/** Words of one aid, at most. */
const mostWords = 600;
/** Stands before a word of people that are taken out of what anybody may read of an aid. */
const withheld = "/p/";
/** Words that a question is read for. */
const mostAsked = 12;

/** The words of a text as the index holds them: without case, accents and markup. `prefix` tells words of one kind from all others; it begins with `/`, as no word of a text does. */
export function indexWords(text: string, prefix = ""): string[] {
  const words = comparableText(text).split(" ").filter(Boolean).slice(0, mostWords);
  return [...new Set(words.map((word) => prefix + [...word].slice(0, longestWord).join("")))];
}

/** The words of a question, each the beginning of what is looked for: a plural's last letter is left out. */
export function queryWords(text: string, prefix: string): string[] {
  return indexWords(text.slice(0, 300))
    .slice(0, mostAsked)
    .map((word) => prefix + (word.length > 3 ? word.replace(/[sx]$/, "") : word));
}

/** A word as the index holds it of people that are taken out of what anybody may read of an aid. */
export function withheldWord(word: string): string {
  return withheld + word;
}

/** A word in the language of queries, which knows none of its characters; `findsPeople`: wherever it stands, else in what anybody may read. */
export function wholeWord(word: string, findsPeople: boolean): string {
  return findsPeople ? `('${word}' | '${withheld}${word}')` : `'${word}'`;
}

/** The same of a word that begins so. */
export function beginningOfWord(word: string, findsPeople: boolean): string {
  return findsPeople ? `('${word}':* | '${withheld}${word}':*)` : `'${word}':*`;
}

/** Links as the index holds them: what is none is left out. */
export function linkWords(urls: readonly (string | null | undefined)[]): string[] {
  const links = urls.map((url) => comparableLink(url ?? "")).filter((link) => link !== null);
  return [...new Set(links)].map((link) => `/l/${fingerprintOf(link)}`);
}
