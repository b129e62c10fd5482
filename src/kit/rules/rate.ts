import { z } from "zod";
import { Expression, type ExpressionInput, toExpression } from "../expressions/expression.ts";
import { readRateText, readTemplatePair } from "../values/money/read-rate.ts";
import type { RuleContext } from "./rule-context.ts";
import { isPlaceholder, valuesOf } from "./rule-values.ts";

/** One bound of a subsidy rate, in percent. A single rate is the upper bound. */
export const RateRule = z.strictObject({
  kind: z.literal("rate"),
  of: Expression,
  bound: z.enum(["lower", "upper"]),
  /** `templatePair`: the manual template's "min,max". "10,22" means 10 and 22. Excel turns it into 10.22. */
  written: z.literal("templatePair").optional(),
});
export type RateRule = Readonly<z.output<typeof RateRule>>;

/** Reads a bound of a rate. `rate("taux", { bound: "lower" })`: "10 à 20 %" gives 10; with `bound: "upper"` 20. */
export function rate(input: ExpressionInput, options: { bound: "lower" | "upper"; written?: "templatePair" }): RateRule {
  return { kind: "rate", of: toExpression(input), ...options };
}

/** Returns the bound in percent, or null. Reports `unreadable-rate`, and `rate-out-of-range` for this bound. */
export function readRate(rule: RateRule, context: RuleContext): number | null {
  const value = valuesOf(rule.of, context).find((text) => !isPlaceholder(text, context));
  if (value === undefined) return null;
  const reading = rule.written === "templatePair" ? readTemplatePair(value) : readRateText(value);
  if (reading.kind === "unreadable") {
    context.report({ code: "unreadable-rate", value });
    return null;
  }
  const bound = reading[rule.bound];
  if (bound === null || (bound >= 0 && bound <= 100)) return bound;
  context.report({ code: "rate-out-of-range", value });
  return null;
}
