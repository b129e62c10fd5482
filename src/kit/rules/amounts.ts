import { z } from "zod";
import { evaluateExpression } from "../expressions/evaluate-expression.ts";
import { Expression, type ExpressionInput, toExpression } from "../expressions/expression.ts";
import { readAmount } from "../values/money/read-amount.ts";
import { readRateText, readTemplatePair } from "../values/money/read-rate.ts";
import type { RuleContext } from "./rule-context.ts";
import { isPlaceholder, textsOf, valuesOf } from "./rule-values.ts";

/** An amount in euros. Of a range, the highest amount. */
export const MoneyRule = z.strictObject({ kind: z.literal("money"), of: Expression });
export type MoneyRule = Readonly<z.output<typeof MoneyRule>>;

/** Reads an amount. `money("plafond")`: "1 500,00 €" gives 1500; "150 00 €" and "$ 300" are issues. */
export function money(input: ExpressionInput): MoneyRule {
  return { kind: "money", of: toExpression(input) };
}

/** Returns the amount in euros, or null. Reports `unreadable-amount` and `foreign-currency`: see `readAmount`. */
export function readMoney(rule: MoneyRule, context: RuleContext): number | null {
  const found = evaluateExpression(rule.of, context);
  if (typeof found === "number" && found >= 0 && Number.isFinite(found)) return found;
  const value = textsOf(found, context).find((text) => !isPlaceholder(text, context));
  if (value === undefined) return null;
  const reading = readAmount(value);
  if (reading.kind === "amount") return reading.euros;
  context.report({ code: reading.kind === "foreign" ? "foreign-currency" : "unreadable-amount", value });
  return null;
}

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
