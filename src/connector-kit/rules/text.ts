import { z } from "zod";
import { Expression, type ExpressionInput, toExpression } from "../expression.ts";

/** One line of plain text: markup out, entities decoded, blanks folded. */
export interface TextRule {
  readonly kind: "text";
  readonly of: Expression;
}
export const TextRule = z.strictObject({ kind: z.literal("text"), of: Expression });

/** `text("titre")`: "<b>Aide &agrave; l&rsquo;achat</b> " gives "Aide à l’achat". */
export function text(input: ExpressionInput): TextRule {
  return { kind: "text", of: toExpression(input) };
}
