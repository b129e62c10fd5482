import { join, literal, when } from "../expressions/expression.ts";
import { type RateRule, rate } from "../rules/rate.ts";

/** Reads a lowest rate from a field with a bare number: 30 is at least 30 %, 1 is 1 %. */
export function lowestRate(path: string): RateRule {
  return rate(when({ field: path, isFilled: true }, join([literal("minimum"), path, literal("%")], " ")), { bound: "lower" });
}

/** Reads a highest rate from a field with a bare number. */
export function highestRate(path: string): RateRule {
  return rate(when({ field: path, isFilled: true }, join([path, literal("%")], " ")), { bound: "upper" });
}
