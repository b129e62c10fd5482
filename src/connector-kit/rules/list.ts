import { z } from "zod";
import { Expression, type ExpressionInput, toExpression } from "../expression.ts";

/** A list of plain texts, none twice. */
export interface ListRule {
  readonly kind: "list";
  readonly of: Expression;
}
export const ListRule = z.strictObject({ kind: z.literal("list"), of: Expression });

/** `list(split("Programmes", ","))`: "Action cœur de ville, Fonds vert" gives both. */
export function list(input: ExpressionInput): ListRule {
  return { kind: "list", of: toExpression(input) };
}
