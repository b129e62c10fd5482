import { z } from "zod";
import { Expression, type ExpressionInput, toExpression } from "../expression.ts";

/** Who pays or runs: names (or objects with a name and a SIREN), through `financers.csv`, in the publisher's order. */
export interface OrganisationsRule {
  readonly kind: "organisations";
  readonly of: Expression;
  /** Key of the name, where the expression gives objects. */
  readonly name?: string;
  /** Key of the SIREN, where the expression gives objects. */
  readonly siren?: string;
  /** A name without a row in `financers.csv` is an unmapped term (numbers of another system), instead of being kept as it stands. */
  readonly onlyKnown?: boolean;
}
export const OrganisationsRule = z.strictObject({
  kind: z.literal("organisations"),
  of: Expression,
  name: z.string().min(1).optional(),
  siren: z.string().min(1).optional(),
  onlyKnown: z.boolean().optional(),
});

/** `organisations("financers")`: "Chambre d’agriculture" gives `{ name: "Chambre d’agriculture", siren: null }`. */
export function organisations(
  input: ExpressionInput,
  options: { name?: string; siren?: string; onlyKnown?: boolean } = {},
): OrganisationsRule {
  return { kind: "organisations", of: toExpression(input), ...options };
}
