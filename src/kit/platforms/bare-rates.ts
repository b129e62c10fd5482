import { join, literal, when } from "../expressions/expression.ts";
import { type RateRule, rate } from "../rules/rate.ts";

/** Reads the lower bound from a field that contains only a number: 30 is 30 %, and 1 is 1 %. */
export function lowestRate(path: string): RateRule {
  return rate(when({ field: path, isFilled: true }, join([literal("minimum"), path, literal("%")], " ")), { bound: "lower" });
}

/** Reads the upper bound from a field that contains only a number. */
export function highestRate(path: string): RateRule {
  return rate(when({ field: path, isFilled: true }, join([path, literal("%")], " ")), { bound: "upper" });
}
