import { z } from "zod";
import { evaluateExpression } from "../expressions/evaluate-expression.ts";
import { Expression, type ExpressionInput, toExpression } from "../expressions/expression.ts";
import { readAmount } from "../values/money/read-amount.ts";
import type { RuleContext } from "./rule-context.ts";
import { isPlaceholder, textsOf } from "./rule-values.ts";

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
