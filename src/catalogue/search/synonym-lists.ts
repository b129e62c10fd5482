import { comparableText } from "../../model/text/comparable-text.ts";
import lists from "./synonym-lists.json" with { type: "json" };

/** Words that a search treats as equal. `number`: its identifier in the API, never changed. */
export interface SynonymList {
  readonly number: number;
  readonly name: string;
  readonly words: readonly string[];
  /** Those of the words that often mean something else ("à ce stade"): they have synonyms, and are nobody's synonym. */
  readonly ambiguous?: readonly string[];
}

/** All lists, by name. The words are those of town halls for projects of communes. */
export const synonymLists: readonly SynonymList[] = lists;

/** Words that the lists write in capitals, such as DETR and PLU. */
const abbreviations: ReadonlySet<string> = new Set(
  synonymLists.flatMap(({ words }) => words.filter((word) => /^\p{Lu}{2}\S*$/u.test(word)).map(comparableText)),
);

/** Returns true if a folded word is an abbreviation. It has no plural and begins no other word: "PLU" is not "plus", and "PAPI" is not "papier". */
export function isAbbreviation(word: string): boolean {
  return abbreviations.has(word);
}

const formsOf = (words: readonly string[]): readonly (readonly string[])[] =>
  words.map((word) => comparableText(word).split(" ").map(withoutPlural));

/** Words that say nothing about a subject: "toit de l'école". A keyword's words count without them, unless there are no others. */
export const emptyWords: ReadonlySet<string> = new Set(
  "a apres au aux avec ce d dans de des du en et j l la le les ma mes moins mon n nos notre on ou par plus pour qu que qui s suite sur trop un une".split(
    " ",
  ),
);

/** Words of a form without empty words, joined -> the other forms of its lists. */
const others = new Map<string, readonly (readonly string[])[]>();
for (const list of synonymLists) {
  const sought = formsOf(list.words.filter((word) => !list.ambiguous?.includes(word)));
  for (const form of formsOf(list.words)) {
    const key = form.filter((word) => !emptyWords.has(word)).join(" ");
    others.set(key, [...(others.get(key) ?? []), ...sought.filter((other) => other.join(" ") !== form.join(" "))]);
  }
}

/** Returns a folded word without the last letter of a plural. */
export function withoutPlural(word: string): string {
  const singular = word.length > 3 ? word.replace(/[sx]$/, "") : word;
  return isAbbreviation(singular) ? word : singular;
}

/** Words of the lists, folded, in the singular. */
export const listedWords: ReadonlySet<string> = new Set([...others.keys()].flatMap((form) => form.split(" ")));

/** Returns the synonyms of folded words without plural endings and empty words, each a sequence of words. Returns an empty list for words without a synonym. */
export function synonymsOf(words: readonly string[]): readonly (readonly string[])[] {
  return others.get(words.join(" ")) ?? [];
}
