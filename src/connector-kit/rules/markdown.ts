import { z } from "zod";
import { Expression, type ExpressionInput, toExpression } from "../expression.ts";

/** Markdown made into HTML of the allow-list. */
export interface MarkdownRule {
  readonly kind: "markdown";
  readonly of: Expression;
}
export const MarkdownRule = z.strictObject({ kind: z.literal("markdown"), of: Expression });

/** `markdown("description")`: "**Profitez** de [l'offre](https://a.fr)" gives "<p><strong>Profitez</strong> de <a href=…>l'offre</a></p>". */
export function markdown(input: ExpressionInput): MarkdownRule {
  return { kind: "markdown", of: toExpression(input) };
}
