import titleWords from "./title-words.json" with { type: "json" };

/**
 * Result of a comparison of two titles:
 * - `same`: all words are equal;
 * - `similar`: one title has additional words;
 * - `variant`: most words are equal, but each title has a word that the other lacks ("équipements", "études");
 * - `edition`: most words are equal, but years or numbers differ;
 * - `other`: the titles differ.
 */
export type TitleLikeness = "same" | "similar" | "variant" | "edition" | "other";

/** Endings to remove, so that "rénovation", "rénover" and "rénovées" are the same word. "ville" and "village" stay different. */
const ending = /^(.{5,}?)(?:ations?|e?ments?|euses?|eurs?|ages?|ales?|aux|er|ir|ees?|es|[sxe])$|^(.{3,})[sx]$/;

/** Words without a meaning of their own ("de", "et"). */
const linkingWords = new Set(titleWords.linking);
/** Words that any title may contain, and verbs with which curators begin titles. */
const generalWords = new Set(titleWords.general.map(stemOf));

/** Minimum share of common words in similar titles (Dice coefficient). */
const minCommonShare = 0.6;
/** Minimum number of words of a title that another title contains. Shorter ones ("Fonds vert") occur in many titles. */
const minContainedWords = 3;

interface TitleWords {
  readonly words: ReadonlySet<string>;
  readonly numbers: ReadonlySet<string>;
}

/** Compares two titles normalised by `comparableText`. */
export function compareTitles(a: string, b: string): TitleLikeness {
  if (a === b) return "same";
  const left = wordsOf(a);
  const right = wordsOf(b);
  const common = [...left.words].filter((word) => right.words.has(word)).length;
  const fewer = Math.min(left.words.size, right.words.size);
  const isContained = fewer >= minContainedWords && common === fewer;
  if (!isContained && (fewer === 0 || (2 * common) / (left.words.size + right.words.size) < minCommonShare)) return "other";
  if (bothHaveExtra(left.numbers, right.numbers)) return "edition";
  return bothHaveExtra(significant(left.words), significant(right.words)) ? "variant" : "similar";
}

/** Returns the words of a title without endings, numbers, linking and general words: "Appel à projets 2025" has none. */
export function significantWords(title: string): string[] {
  return [...significant(wordsOf(title).words)];
}

function significant(words: ReadonlySet<string>): Set<string> {
  return new Set([...words].filter((word) => !generalWords.has(word)));
}

function bothHaveExtra(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some((word) => !b.has(word)) && [...b].some((word) => !a.has(word));
}

function wordsOf(title: string): TitleWords {
  const words = new Set<string>();
  const numbers = new Set<string>();
  for (const word of title.split(" ")) {
    if (/^(?:\d.*|i{2,3}|iv|vi{0,3}|ix)$/.test(word)) numbers.add(word);
    else if (word !== "" && !linkingWords.has(word)) words.add(stemOf(word));
  }
  return { words, numbers };
}

function stemOf(word: string): string {
  const [, stem, singular] = ending.exec(word) ?? [];
  return stem ?? singular ?? word;
}
