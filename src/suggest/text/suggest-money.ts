import { readAmount } from "../../kit/values/money/read-amount.ts";
import { readRateText } from "../../kit/values/money/read-rate.ts";
import { limits } from "../../model/aid/aid.ts";
import { onlyValue, type Suggested } from "../suggested.ts";
import type { Passage } from "./passages.ts";

/** A sentence about the share that the aid pays. */
const rateWords = /taux|subvention|\baide\b|aides? |financ|prise? en charge|intensite|jusqu'a|plafon|a hauteur de|couvr/;
/** A percentage of something else. */
const otherRate =
  /\btva\b|hausse|augment|baisse|reduction d|reduire|diminu|emission|capital|bonus|bonifi|major|garanti|autofinanc|quotite|interet|acompte|avance|solde|versement|verse|cumul|apport|fonds propres|population|surface|minimum de|au moins|gain|econom|paysage|apres subvention/;
const loanWords = /\bprets?\b|emprunt/;
const advanceWords = /avances? (?:recuperable|remboursable)/;
/** An amount per unit, of a guarantee, or of a grant beside the loan. */
const otherAmount = /garanti|subvention|par m|\/ ?m|au-dela|cumul/;
const ceiling = /jusqu'a|maxim|plafon|au plus|dans la limite|compris entre|\bde [\d ]+|\bentre\b|montant/;

/** Suggests rates, the highest loan and advance, and a comment with the ceiling, from the sentences about them. */
export function suggestMoney(passages: readonly Passage[]): Suggested[] {
  return [
    ...ratesIn(passages),
    ...amountIn("loanAmount", passages, loanWords, advanceWords),
    ...amountIn("recoverableAdvanceAmount", passages, advanceWords, loanWords),
  ];
}

function ratesIn(passages: readonly Passage[]): Suggested[] {
  const found = new Map<string, { lower: number | null; upper: number; passage: Passage }>();
  for (const passage of passages) {
    const { folded, heading } = passage;
    if (!folded.includes("%") && !folded.includes("pour cent")) continue;
    if (otherRate.test(folded) || !(rateWords.test(folded) || rateWords.test(heading ?? ""))) continue;
    const reading = readRateText(folded);
    // A sentence with several rates depends on conditions that no rule can choose from.
    if (reading.kind !== "rate" || reading.upper === null) return [];
    const { lower, upper } = reading;
    if (upper > 100 || upper <= 0 || (lower ?? 0) > upper) continue;
    found.set(`${lower} ${upper}`, { lower, upper, passage });
  }
  const [only] = found.values();
  if (only === undefined || found.size > 1) return [];
  const { lower, upper, passage } = only;
  const evidence = [{ kind: "sentence", from: passage.from, text: passage.text } as const];
  const suggested: Suggested[] = [{ field: "subventionRateUpperBound", rule: "sentence-rate", value: upper, strength: 1, evidence }];
  if (lower !== null) suggested.push({ field: "subventionRateLowerBound", rule: "sentence-rate", value: lower, strength: 1, evidence });
  if (passage.text.length <= limits.line && /€|euro/.test(passage.folded)) {
    suggested.push({ field: "subventionComment", rule: "sentence-amount", value: passage.text, strength: 1, evidence });
  }
  return suggested;
}

function amountIn(
  field: "loanAmount" | "recoverableAdvanceAmount",
  passages: readonly Passage[],
  words: RegExp,
  others: RegExp,
): Suggested[] {
  const found = new Map<number, Passage>();
  for (const passage of passages) {
    const { folded } = passage;
    if (!words.test(folded) || others.test(folded) || otherAmount.test(folded) || !ceiling.test(folded) || !/€|euro/.test(folded)) continue;
    const reading = readAmount(folded);
    if (reading.kind !== "amount") return [];
    if (reading.euros > 0) found.set(reading.euros, passage);
  }
  return onlyValue(field, "sentence-amount", found);
}
