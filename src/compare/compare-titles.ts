/**
 * How two titles compare: `same`, word for word; `similar`, one is the other with words added; `variant`, most words in common, and each
 * has one that the other has not ("équipements", "études"); `edition`, as these but for years or numbers: another year, another volet;
 * `other`.
 */
export type TitleLikeness = "same" | "similar" | "variant" | "edition" | "other";

/** Words that link others. */
const linking =
  "a au aux avec ce ces d dans de des du elle en et il l la le les leur leurs n nos notre ou par pour qu que qui s sa se ses son sur un une vos votre";
/** Words that a title of any aid may have, and those with which curators make a title begin. */
const general =
  "aap accompagner aide ami appel beneficier candidature conseil creer departement departemental developper dispositif edition etre favoriser financer " +
  "fonctionner fonds interet investir investissement manifestation mener mettre national nouveau nouvelle obtenir oeuvre place pouvoir pret programme " +
  "projet proposer realiser region regional soutenir soutien subvention territoire";
/**
 * What makes a noun, a plural or a participle of a verb: "rénovation", "rénover" and "rénovées" are one word; "ville" and "village" are
 * two.
 */
const ending = /^(.{5,}?)(?:ations?|e?ments?|euses?|eurs?|ages?|ales?|aux|er|ir|ees?|es|[sxe])$|^(.{3,})[sx]$/;

const linkingWords = new Set(linking.split(" "));
const generalWords = new Set(general.split(" ").map(stemOf));

/** Share of the words in common from which titles are alike (Dice). */
const alikeFrom = 0.6;
/** A title inside another one is alike from this many words: "Fonds vert" is inside many. */
const insideFrom = 3;

interface TitleWords {
  readonly words: ReadonlySet<string>;
  readonly numbers: ReadonlySet<string>;
}

/** Compares two titles as `comparableText` writes them. */
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
 * The words of a title that say what it is about, without their endings: neither linking nor general words, nor numbers. "Appel à projets
 * 2025" has none.
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
