import { foldedSentence, sentencesAt } from "./sentences.ts";

/** At least 1,000. Four digits may be a year. */
const number = "(?:\\d{1,3}(?:[ \\u00a0\\u202f.]\\d{3})+|\\d{5,7}|(?!19|20)\\d{4})";
/** An amount of an aid, such as "une subvention de 100 000 maximum". */
const amount = new RegExp(
  `\\b(?:montant|plafonn\\w*|plafond|subventions?|aides?|prets?|primes?|dotation|forfait\\w*|financement)\\b[^.;:\\d€$]{0,25}(?:de |a |: ?)${number}(?= ?(?:maximum|max\\b|minimum|par (?:an|projet|dossier|aide|beneficiaire)|[.;)]|$))`,
);
/** A rate of an aid above 100 %, such as "un taux de subvention de 800 %". */
const rate =
  /\b(?:taux (?:de |d')?(?:subvention|aide|financement|intervention|cofinancement|prise en charge)|subventions?|aides?|prise en charge|finance\w*)[^.;:\d%]{0,30}(?:de |a |: ?|jusqu'a |hauteur de )(?:1(?:0[1-9]|[1-9]\d)|[2-9]\d\d|\d{4,})(?:[.,]\d+)? ?%/;
/** Some tax reliefs are above 100 % of the expense. */
const relief = /deduction|amortissement|exonera|impot|majoration/;
/** A number without a unit. Most texts contain none, which is checked quickly. */
const bareNumber = /(?:\d[ \u00a0\u202f.]\d{3}|\d{5}|[3-9]\d{3}|1[0-8]\d\d|2[1-9]\d\d)(?= ?(?:max|minimum|par |[.;)<]|$))/g;
const bigRate = /(?<![\d.,])(?:1(?:0[1-9]|[1-9]\d)|[2-9]\d\d|\d{4,7})(?:[.,]\d+)?[ \u00a0\u202f]?%/g;

/** Returns the sentence of a text with an amount whose unit is missing, or null. */
export function amountWithoutUnit(html: string): string | null {
  return find(html, bareNumber, (folded) => amount.test(folded));
}

/** Returns the sentence of a text with a rate of an aid above 100 %, or null. */
export function rateAbove100(html: string): string | null {
  return html.includes("%") ? find(html, bigRate, (folded) => rate.test(folded) && !relief.test(folded)) : null;
}

function find(html: string, places: RegExp, matches: (folded: string) => boolean): string | null {
  for (const { sentence } of sentencesAt(html, places)) if (matches(foldedSentence(sentence))) return sentence;
  return null;
}
