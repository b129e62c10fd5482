import { z } from "zod";
import { Expression, type ExpressionInput, toExpression } from "../expression.ts";

/** One bound of a rate of subsidy, in percent. A fixed rate has an upper bound only. */
export interface RateRule {
  readonly kind: "rate";
  readonly of: Expression;
  readonly bound: "lower" | "upper";
  /** `templatePair`: the manual template's "min,max" ("10,22", and the 10.22 that Excel makes of it, are 10 and 22). */
  readonly written?: "templatePair";
}
export const RateRule = z.strictObject({
  kind: z.literal("rate"),
  of: Expression,
  bound: z.enum(["lower", "upper"]),
  written: z.literal("templatePair").optional(),
});

/** `rate("taux", { bound: "lower" })`: "10 à 20 %" gives 10; with `bound: "upper"` 20. */
export function rate(input: ExpressionInput, options: { bound: "lower" | "upper"; written?: "templatePair" }): RateRule {
  return { kind: "rate", of: toExpression(input), ...options };
}
