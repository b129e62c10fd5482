import type { Keyword, KeywordTerm } from "./read-keyword.ts";
import { beginningOfWord, wholeWord } from "./search-words.ts";
import { isAbbreviation, withoutPlural } from "./synonym-lists.ts";

/** Returns the tsquery of a keyword on `aid_search.words`. `findsPeople`: also matches single words that are not public. */
export function keywordQuery({ anyOf, noneOf }: Keyword, findsPeople: boolean): string {
  const wanted = anyOf.map((terms) => `(${terms.map((term) => termQuery(term, findsPeople)).join(" & ")})`).join(" | ");
  const unwanted = noneOf.map((term) => `!${termQuery(term, findsPeople)}`);
  return [...(wanted === "" ? [] : [`(${wanted})`]), ...unwanted].join(" & ");
}

/** Returns the text of the query to rank by, for `to_tsquery('french', …)`: any term as written, or a synonym. Empty without terms. */
export function rankingQuery({ anyOf }: Keyword): string {
  const forms = anyOf
    .flat()
    .flatMap(({ words, synonyms }) => [
      words.map((word) => (isAbbreviation(word) || word.length <= 3 ? word : `${withoutPlural(word)}:*`)).join(" & "),
      ...synonyms.map((form) => form.join(" <-> ")),
    ]);
  return [...new Set(forms)].map((form) => `(${form})`).join(" | ");
}

function termQuery({ words, isExact, isNear, synonyms }: KeywordTerm, findsPeople: boolean): string {
  const ofWord = (word: string) => {
    if (isExact || isAbbreviation(word)) return wholeWord(word, findsPeople);
    // Three letters begin too many words: "bio" is not "biomasse".
    return word.length <= 3 ? singularOrPlural(word, findsPeople) : beginningOfWord(word, findsPeople);
  };
  const each = words.map(ofWord);
  const nearEachOther = () => each.slice(1).map((word, at) => `(${[1, 2, 3].map((gap) => `${each[at]} <${gap}> ${word}`).join(" | ")})`);
  const written = isNear ? nearEachOther().join(" & ") : each.join(isExact ? " <-> " : " & ");
  const others = synonyms.map((form) => `(${form.map((word) => singularOrPlural(word, false)).join(" <-> ")})`);
  return `(${[`(${written})`, ...others].join(" | ")})`;
}

function singularOrPlural(word: string, findsPeople: boolean): string {
  const forms = isAbbreviation(word) ? [word] : ["", "s", "x"].map((plural) => word + plural);
  return `(${forms.map((form) => wholeWord(form, findsPeople)).join(" | ")})`;
}
