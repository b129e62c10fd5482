import { z } from "zod";
import { Expression, type ExpressionInput, toExpression } from "../expression.ts";

/** The publisher's identifier as text: trimmed, zeros kept, never decoded or folded. */
export interface IdentifierRule {
  readonly kind: "identifier";
  readonly of: Expression;
}
export const IdentifierRule = z.strictObject({ kind: z.literal("identifier"), of: Expression });

/** `identifier("referenceAdministrative")`: " 00000003 " gives "00000003", 162 gives "162". */
export function identifier(input: ExpressionInput): IdentifierRule {
  return { kind: "identifier", of: toExpression(input) };
}
