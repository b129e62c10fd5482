import { join, literal, when } from "../expressions/expression.ts";
import { type RateRule, rate } from "../rules/amounts.ts";

/** Reads the lower bound from a field that contains only a number: 30 is 30 %, and 1 is 1 %. */
export function lowestRate(path: string): RateRule {
  return rate(when({ field: path, isFilled: true }, join([literal("minimum"), path, literal("%")], " ")), { bound: "lower" });
}

/** Reads the upper bound from a field that contains only a number. */
export function highestRate(path: string): RateRule {
  return rate(when({ field: path, isFilled: true }, join([path, literal("%")], " ")), { bound: "upper" });
}

/** Reads both bounds from two fields that contain only a number. */
export function bareRates(lower: string, upper: string) {
  return { subventionRateLowerBound: lowestRate(lower), subventionRateUpperBound: highestRate(upper) };
}

/** Reads both bounds from one field. */
export function ratesIn(path: string, options: { written?: "templatePair" } = {}) {
  return {
    subventionRateLowerBound: rate(path, { bound: "lower", ...options }),
    subventionRateUpperBound: rate(path, { bound: "upper", ...options }),
  };
}
