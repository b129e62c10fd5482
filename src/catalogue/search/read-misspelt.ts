import { comparableText } from "../../model/text/comparable-text.ts";
import { nearest } from "../../model/text/nearest.ts";
import { emptyWords, listedWords, withoutPlural } from "./synonym-lists.ts";

/** Shorter words are near too many others: "halle" is not "salle". */
const minLength = 6;
/** One letter of a shorter word may be wrong, and two of a longer one. */
const longWord = 9;

/** Returns the words of a text, folded and in the singular, that no list of synonyms contains and that are long enough to be corrected. */
export function unlistedWords(text: string): readonly string[] {
  const words = comparableText(text).split(" ").map(withoutPlural);
  return [...new Set(words)].filter((word) => word.length >= minLength && !emptyWords.has(word) && !listedWords.has(word));
}

/**
 * Returns the listed word that a misspelt one means: "ciclable" means "cyclable", and "leglise" means "eglise". Undefined if none is near.
 * Both begin with the same letter, but for an article.
 */
export function meantWord(misspelt: string): string | undefined {
  const afterArticle = /^[dl](?=[aeiouhy])/.test(misspelt) ? misspelt.slice(1) : "";
  if (listedWords.has(afterArticle)) return afterArticle;
  const candidates = [...listedWords].filter((word) => word.length >= minLength - 1 && word.startsWith(misspelt.slice(0, 1)));
  return nearest(misspelt, candidates, misspelt.length < longWord ? 1 : 2);
}
