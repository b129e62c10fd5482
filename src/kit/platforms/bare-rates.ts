import { join, literal, when } from "../expressions/expression.ts";
import { type RateRule, rate } from "../rules/rate.ts";

/** The lowest rate where it has a field of its own that holds a bare number: 30 is 30 % at least, 1 is 1 %. */
export function lowestRate(path: string): RateRule {
  return rate(when({ field: path, isFilled: true }, join([literal("minimum"), path, literal("%")], " ")), { bound: "lower" });
}

/** The highest rate where it has a field of its own that holds a bare number. */
export function highestRate(path: string): RateRule {
  return rate(when({ field: path, isFilled: true }, join([path, literal("%")], " ")), { bound: "upper" });
}
