import type { OwnField } from "../../../src/model/survey/own-field.ts";
import { type DriftKind, nextOf } from "../drift-kind.ts";
import { eachValue, valuesFrom } from "../record-value.ts";

const amounts = ["loanAmount", "recoverableAdvanceAmount", "subventionComment", "otherFinancialAidComment"] as const;
const rates = ["subventionRateLowerBound", "subventionRateUpperBound"] as const;

/** Blanks that may separate thousands. */
const blanks = /[\s\u00a0\u202f]/g;

/** Changes the numbers of a value: a number itself, or each number in a text. */
function numbersOf(value: unknown, change: (number: number) => number): unknown {
  if (typeof value === "number") return change(value);
  if (typeof value !== "string") return value;
  return value.replace(/\d+(?:[\s\u00a0\u202f]\d{3})*(?:[.,]\d+)?/g, (text) => {
    const changed = change(Number(text.replace(blanks, "").replace(",", ".")));
    return text.includes(",") ? String(changed).replace(".", ",") : String(changed);
  });
}

/** Rates in a comment are no amounts. */
const isRate = (value: unknown) => typeof value === "string" && value.includes("%");

function ofAmounts(id: string, says: string, change: (number: number) => number): DriftKind {
  return ofValues(id, says, amounts, (value) => (isRate(value) ? value : numbersOf(value, change)));
}

function ofRates(id: string, says: string, change: (number: number) => number): DriftKind {
  return ofValues(id, says, rates, (value) => numbersOf(value, change));
}

function ofValues(id: string, says: string, touches: readonly OwnField[], change: (value: unknown) => unknown): DriftKind {
  return {
    id,
    says,
    touches,
    change: (feed) => {
      const paths = feed.paths(...touches);
      return paths.length === 0 ? null : (row) => eachValue(row, paths, change);
    },
  };
}

function ofNextRecord(id: string, says: string, touches: readonly OwnField[]): DriftKind {
  return {
    id,
    says,
    touches,
    change: (feed) => {
      const paths = feed.paths(...touches);
      return paths.length === 0 ? null : (row, index) => valuesFrom(nextOf(feed, index), paths)(row);
    },
  };
}

/** Drifts of amounts and rates. */
export const moneyKinds: readonly DriftKind[] = [
  ofAmounts("amounts-x100", "amounts are a hundred times higher", (number) => number * 100),
  ofAmounts("amounts-in-thousands", "amounts are divided by 1,000", (number) => number / 1000),
  ofAmounts("amounts-one", "all amounts are 1 €", () => 1),
  ofNextRecord("amounts-of-next", "amounts of the next record", amounts),
  ofRates("rates-fractions", "rates are fractions", (number) => number / 100),
  ofRates("rates-100", "all rates are 100 %", () => 100),
  ofRates("rates-x10", "rates are ten times higher, as if a decimal comma were lost", (number) => number * 10),
  ofRates("rates-zero", "all rates are 0 %", () => 0),
  ofNextRecord("rates-of-next", "rates of the next record", rates),
];
