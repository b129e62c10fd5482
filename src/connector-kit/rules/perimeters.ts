import { z } from "zod";
import { type PerimeterScale, perimeterScales } from "../../aid/perimeter.ts";
import { Expression, type ExpressionInput, toExpression } from "../expression.ts";

/** Territories. `written` says how the feed writes them. */
export interface PerimetersRule {
  readonly kind: "perimeters";
  readonly of: Expression;
  /**
   * `insee`: COM-29019, DEP-2A, REG-53, PAYS-99100 (national schema). `code`: a bare INSEE code of the given scale.
   * `name`: a name of one of the given scales. `terms`: by `perimeters.csv` only. `insee` and `name` go through `perimeters.csv` first.
   */
  readonly written: "insee" | "code" | "name" | "terms";
  /** The scale of a bare code; the scales in which a name is looked up, first found wins. */
  readonly scales?: readonly PerimeterScale[];
}
export const PerimetersRule = z.strictObject({
  kind: z.literal("perimeters"),
  of: Expression,
  written: z.enum(["insee", "code", "name", "terms"]),
  scales: z.array(z.enum(perimeterScales)).min(1).optional(),
});

/** `perimeters("regions", { written: "code", scales: ["region"] })`: ["75"] gives Nouvelle-Aquitaine, never Paris. */
export function perimeters(
  input: ExpressionInput,
  options: { written: "insee" | "code" | "name" | "terms"; scales?: PerimeterScale[] },
): PerimetersRule {
  return { kind: "perimeters", of: toExpression(input), ...options };
}
