import { fingerprintOf } from "../../model/text/canonical.ts";
import { comparableLink } from "../../model/text/comparable-link.ts";
import { comparableText } from "../../model/text/comparable-text.ts";

/** Maximum length of a word. A tsvector allows at most 2,046 bytes per word. */
const maxWordLength = 60;
/** Maximum number of words per aid. */
const maxWords = 600;
/** Prefix of words about people, which are not public. */
const withheld = "/p/";
/** Maximum number of words in a query. */
const maxQueryWords = 12;

/**
 * Returns the words of a text in index form: without case, accents and markup. `prefix` marks a kind of words; it begins with `/`, which no
 * word contains.
 */
export function indexWords(text: string, prefix = ""): string[] {
  const words = comparableText(text).split(" ").filter(Boolean).slice(0, maxWords);
  return [...new Set(words.map((word) => prefix + [...word].slice(0, maxWordLength).join("")))];
}

/** Words of different texts are so far apart that no phrase spans them. */
const gap = 20;

/** Returns the positions of the words of texts, for phrases. The texts are indexed together, so they share the maximum number of words. */
export function positionsIn(texts: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const positions = new Map<string, number[]>();
  let [at, count] = [0, 0];
  for (const text of texts) {
    for (const word of comparableText(text).split(" ").filter(Boolean)) {
      if (++count > maxWords) return positions;
      const cut = [...word].slice(0, maxWordLength).join("");
      positions.set(cut, [...(positions.get(cut) ?? []), ++at]);
    }
    at += gap;
  }
  return positions;
}

/** Writes words as a tsvector, with their positions. */
export function lexemes(words: readonly string[], positions: ReadonlyMap<string, readonly number[]>): string {
  return [...new Set(words)]
    .map((word) => {
      const at = positions.get(word);
      return at === undefined ? quoted(word) : `${quoted(word)}:${at.slice(0, 200).join(",")}`;
    })
    .join(" ");
}

function quoted(word: string): string {
  return `'${word.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}

/** Returns the words of a query as prefixes, without a plural's last letter. */
export function queryWords(text: string, prefix: string): string[] {
  return indexWords(text.slice(0, 300))
    .slice(0, maxQueryWords)
    .map((word) => prefix + (word.length > 3 ? word.replace(/[sx]$/, "") : word));
}

/** Returns the index form of a word about people, which is not public. */
export function withheldWord(word: string): string {
  return withheld + word;
}

/** Returns a tsquery for a whole word, which contains no special characters. `findsPeople`: also matches words that are not public. */
export function wholeWord(word: string, findsPeople: boolean): string {
  return findsPeople ? `('${word}' | '${withheld}${word}')` : `'${word}'`;
}

/** Returns the tsquery for words that begin so. */
export function beginningOfWord(word: string, findsPeople: boolean): string {
  return findsPeople ? `('${word}':* | '${withheld}${word}':*)` : `'${word}':*`;
}

/** Returns links in index form. Invalid ones are left out. */
export function linkWords(urls: readonly (string | null | undefined)[]): string[] {
  const links = urls.map((url) => comparableLink(url ?? "")).filter((link) => link !== null);
  return [...new Set(links)].map((link) => `/l/${fingerprintOf(link)}`);
}

/** Returns the index form of a key of `pageKeys`. */
export function pageWord(key: string): string {
  return `/s/${key.replace(/[^\p{L}\p{N}]/gu, "")}`;
}

/** Variants that a letter also matches: `e` matches é. */
const variants: Readonly<Record<string, string>> = {
  a: "àâäáãå",
  c: "ç",
  e: "éèêë",
  i: "íìîï",
  n: "ñ",
  o: "óòôöõ",
  u: "úùûü",
  y: "ýÿ",
  "'": "’‘ʼ",
};

/**
 * Returns a PostgreSQL regular expression that matches words in any case, with or without accents, and with any apostrophes and spaces. It
 * lists all forms of each letter, because the lower case of É depends on the database's locale. This is also ten times faster than removing
 * accents from the text.
 */
export function wordsPattern(words: string): string {
  const plain = words.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[’‘ʼ]/g, "'").replace(/œ/gi, "oe").trim().toLowerCase();
  return plain.replace(/oe|\s+|./gsu, (written) => {
    if (written === "oe") return `(?:${anyOf("o")}${anyOf("e")}|[œŒ])`;
    return /\s/.test(written) ? "[\\s\u00a0\u202f]+" : anyOf(written);
  });
}

function anyOf(character: string): string {
  const all = `${character}${variants[character] ?? ""}`;
  const written = new Set([...all, ...all.toUpperCase()]);
  const [only] = written;
  if (written.size > 1) return `[${[...written].join("")}]`;
  return /[\p{L}\p{N}]/u.test(character) ? `${only}` : `\\${only}`;
}
