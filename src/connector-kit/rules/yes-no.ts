import { z } from "zod";
import { Expression, type ExpressionInput, toExpression } from "../expression.ts";

/** Yes or no: true/false, oui/non, o/n, 1/0, vrai/faux, yes/no; more words by parameter. Empty is null. */
export interface YesNoRule {
  readonly kind: "yesNo";
  readonly of: Expression;
  readonly yes?: readonly string[];
  readonly no?: readonly string[];
}
export const YesNoRule = z.strictObject({
  kind: z.literal("yesNo"),
  of: Expression,
  yes: z.array(z.string()).optional(),
  no: z.array(z.string()).optional(),
});

/** `yesNo("AAP", { yes: ["1"] })`: "1" gives true, "peut-être" an issue. */
export function yesNo(input: ExpressionInput, words: { yes?: string[]; no?: string[] } = {}): YesNoRule {
  return { kind: "yesNo", of: toExpression(input), ...words };
}
