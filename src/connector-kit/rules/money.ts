import { z } from "zod";
import { Expression, type ExpressionInput, toExpression } from "../expression.ts";

/** An amount in euros; of a range the highest. */
export interface MoneyRule {
  readonly kind: "money";
  readonly of: Expression;
}
export const MoneyRule = z.strictObject({ kind: z.literal("money"), of: Expression });

/** `money("plafond")`: "1 500,00 €" gives 1500; "150 00 €" and "$ 300" are issues. */
export function money(input: ExpressionInput): MoneyRule {
  return { kind: "money", of: toExpression(input) };
}
