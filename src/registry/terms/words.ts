import { foldTerm } from "../../kit/values/text/fold-term.ts";

/** Words without meaning for a term. */
const empty = new Set(
  "a au aux avec autre autres aide aides d dans de des dispositif du en et l la le les leur leurs ou par pour programme projet projets sur the of and for to in un une".split(
    " ",
  ),
);

/** Cache: a term is compared with the same labels and synonyms as thousands of others. */
const kept = new Map<string, readonly string[]>();
const mostKept = 20_000;
const longestKept = 120;

/** Returns the meaningful words of a term, folded, singular, without duplicates: "Les zones d'activités" gives zone, activite. */
export function wordsOf(term: string): readonly string[] {
  if (term.length > longestKept) return readWords(term);
  const known = kept.get(term);
  if (known !== undefined) return known;
  const words = readWords(term);
  if (kept.size >= mostKept) kept.clear();
  kept.set(term, words);
  return words;
}

function readWords(term: string): readonly string[] {
  const words = foldTerm(term).split(/[^a-z0-9]+/);
  return [...new Set(words.filter((word) => word !== "" && !empty.has(word)).map(singular))];
}

/** Returns true for two forms of one word: equal, or with a common beginning that is most of both ("energie" and "energetique" are not). */
export function areAkin(one: string, other: string): boolean {
  if (one === other) return true;
  const longest = Math.max(one.length, other.length);
  const needed = Math.max(5, Math.ceil(longest * 0.65));
  return one.length >= needed && one.slice(0, needed) === other.slice(0, needed);
}

function singular(word: string): string {
  if (word.length > 4 && word.endsWith("aux")) return `${word.slice(0, -3)}al`;
  return word.length > 3 && /[sx]$/.test(word) && !word.endsWith("ss") ? word.slice(0, -1) : word;
}
