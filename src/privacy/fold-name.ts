/** A word of letters, folded. */
export interface NameWord {
  readonly folded: string;
  readonly start: number;
  readonly end: number;
}

/** Letters and combining marks of Latin and other alphabets. Written as ranges, because `\p{L}` takes four times as long. */
const letters = /[A-Za-z\u00c0-\u02ba\u02bd-\u1fff]+/g;

/** Letters that do not decompose. */
const plainLetters: Readonly<Record<string, string>> = { ł: "l", ø: "o", đ: "d", ı: "i" };

/** Folds a word: lower case, without accents, "oe" for "œ". */
export function foldWord(word: string): string {
  const lower = word.toLowerCase();
  if (!/[^a-z]/.test(lower)) return lower;
  return lower
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .replace(/[łøđı]/g, (letter) => plainLetters[letter] ?? letter);
}

/** Returns the words of a text in order. "Jean-Pierre" and "d’Arcy" are two words each. */
export function nameWords(text: string): NameWord[] {
  const words: NameWord[] = [];
  for (const { 0: word, index } of text.matchAll(letters)) words.push({ folded: foldWord(word), start: index, end: index + word.length });
  return words;
}

/** Folds and sorts the words of a name, because "Claire Dupont" equals "DUPONT Claire". */
export function foldName(words: readonly string[]): string {
  return words.map(foldWord).sort().join(" ");
}
