import { z } from "zod";
import { Expression, type ExpressionInput, toExpression } from "../expression.ts";

/** HTML cleaned by the allow-list. */
export interface HtmlRule {
  readonly kind: "html";
  readonly of: Expression;
}
export const HtmlRule = z.strictObject({ kind: z.literal("html"), of: Expression });

/** `html(join(["chapo", "texte"]))`: "<p onclick=x>Un<script>y</script>" gives "<p>Un</p>". */
export function html(input: ExpressionInput): HtmlRule {
  return { kind: "html", of: toExpression(input) };
}
