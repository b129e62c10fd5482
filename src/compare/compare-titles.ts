import titleWords from "./title-words.json" with { type: "json" };

/**
 * How two titles compare: `same`, word for word; `similar`, one adds words to the other; `variant`, most words in common, but each has one
 * of its own ("équipements", "études"); `edition`, as before but with other years or numbers; `other`.
 */
export type TitleLikeness = "same" | "similar" | "variant" | "edition" | "other";

/** Endings of nouns, plurals and participles: "rénovation", "rénover" and "rénovées" are one word; "ville" and "village" are two. */
const ending = /^(.{5,}?)(?:ations?|e?ments?|euses?|eurs?|ages?|ales?|aux|er|ir|ees?|es|[sxe])$|^(.{3,})[sx]$/;

/** Words that only link others. */
const linkingWords = new Set(titleWords.linking);
/** Words that any title may contain, and those with which curators begin a title. */
const generalWords = new Set(titleWords.general.map(stemOf));

/** Titles are alike from this share of common words (Dice). */
const alikeFrom = 0.6;
/** A title contained in another is alike from this many words: many titles contain "Fonds vert". */
const insideFrom = 3;

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
  const isInside = fewer >= insideFrom && common === fewer;
  if (!isInside && (fewer === 0 || (2 * common) / (left.words.size + right.words.size) < alikeFrom)) return "other";
  if (haveBothOfTheirOwn(left.numbers, right.numbers)) return "edition";
  return haveBothOfTheirOwn(telling(left.words), telling(right.words)) ? "variant" : "similar";
}

/**
 * Returns the significant words of a title without their endings: no linking or general words, no numbers. "Appel à projets 2025" has
 * none.
 */
export function tellingWords(title: string): string[] {
  return [...telling(wordsOf(title).words)];
}

function telling(words: ReadonlySet<string>): Set<string> {
  return new Set([...words].filter((word) => !generalWords.has(word)));
}

function haveBothOfTheirOwn(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
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
