import { comparableText } from "../../model/text/comparable-text.ts";
import { emptyWords, synonymsOf, withoutPlural } from "./synonym-lists.ts";

/** Something to look for: all its words, or one of its synonyms. All words are folded. */
export interface KeywordTerm {
  readonly words: readonly string[];
  /** Quoted: the words must occur in a row, as they are written. Otherwise each is the beginning of a word, anywhere. */
  readonly isExact: boolean;
  /** Several words of a list: they must occur within three words of each other, in this order. */
  readonly isNear: boolean;
  /** Sequences of words without plural endings, which must occur as whole words. */
  readonly synonyms: readonly (readonly string[])[];
}

/** A read keyword. An aid matches if all terms of one of the groups occur, and none of the excluded ones. */
export interface Keyword {
  readonly anyOf: readonly (readonly KeywordTerm[])[];
  readonly noneOf: readonly KeywordTerm[];
}

/** Maximum number of words of a keyword. */
export const maxKeywordWords = 60;
const longestSynonym = 4;

/**
 * Reads a keyword as Aides-territoires' clients write it: blanks mean *and*, commas *or*, quotes a phrase, and `-` before a
 * word or a phrase excludes it from the whole search. Words are folded, and their synonyms added. Returns null without words.
 * `isSpoken`: the text is in everyday words. Words that have synonyms together are near each other ("place du marché"), and synonyms say the
 * same thing twice ("le clocher de l'église").
 */
export function readKeyword(text: string, isSpoken = false): Keyword | null {
  const noneOf: KeywordTerm[] = [];
  const groups = splitOutsideQuotes(text).map((group) => {
    const terms: KeywordTerm[] = [];
    let plain: string[] = [];
    const endPlain = () => {
      terms.push(...termsOf(plain, isSpoken));
      plain = [];
    };
    for (const [, minus, phrase, word] of group.matchAll(/(?:(?<=^|\s)(-))?(?:["«“]([^"»”]*)["»”]|([^\s"«»“”]+))/gu)) {
      const words = comparableText(phrase ?? word ?? "")
        .split(" ")
        .filter(Boolean);
      if (words.length === 0) continue;
      if (minus !== undefined) noneOf.push(phrase === undefined ? termOf(words, false) : exactly(words));
      else if (phrase === undefined) plain.push(...words);
      else {
        endPlain();
        terms.push(exactly(words));
      }
    }
    endPlain();
    return terms;
  });
  const anyOf = groups.filter((terms) => terms.length > 0);
  return anyOf.length === 0 && noneOf.length === 0 ? null : { anyOf, noneOf };
}

/** Returns the number of words of a text, for the limit. */
export function countKeywordWords(text: string): number {
  return comparableText(text).split(" ").filter(Boolean).length;
}

function splitOutsideQuotes(text: string): readonly string[] {
  return text.match(/(?:["«“][^"»”]*["»”]|[^,;])+/gu) ?? [];
}

/** Makes a term of each word, and of words that together have synonyms: "piste cyclable". */
function termsOf(words: readonly string[], isSpoken: boolean): readonly KeywordTerm[] {
  const telling = words.filter((word) => !emptyWords.has(word));
  const terms: KeywordTerm[] = [];
  const kept = telling.length > 0 ? telling : words;
  for (let place = 0; place < kept.length; ) {
    const length = lengthOfSynonym(kept, place);
    const term = termOf(kept.slice(place, place + length), isSpoken);
    if (!isSpoken || !terms.some((earlier) => isSynonym(term, earlier))) terms.push(term);
    place += length;
  }
  return terms;
}

function isSynonym({ words }: KeywordTerm, { synonyms }: KeywordTerm): boolean {
  return synonyms.some((form) => form.filter((word) => !emptyWords.has(word)).join(" ") === words.join(" "));
}

function lengthOfSynonym(words: readonly string[], place: number): number {
  for (let length = Math.min(longestSynonym, words.length - place); length > 1; length--)
    if (synonymsOf(words.slice(place, place + length).map(beginning)).length > 0) return length;
  return 1;
}

function termOf(words: readonly string[], isSpoken: boolean): KeywordTerm {
  const begun = words.map(beginning);
  return { words: begun, isExact: false, isNear: isSpoken && words.length > 1, synonyms: synonymsOf(begun) };
}

function exactly(words: readonly string[]): KeywordTerm {
  return { words: words.map(cut), isExact: true, isNear: false, synonyms: [] };
}

/** Returns a word without a plural's last letter, so that it begins its singular and its plural. */
function beginning(word: string): string {
  return withoutPlural(cut(word));
}

/** Words of the index have at most 60 characters. */
function cut(word: string): string {
  return [...word].slice(0, 60).join("");
}
