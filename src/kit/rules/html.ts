import { z } from "zod";
import { Expression, type ExpressionInput, toExpression } from "../expressions/expression.ts";
import { cleanHtml } from "../values/html/clean-html.ts";
import { readOneText, unlessPlaceholder } from "../values/text/read-one-text.ts";
import type { RuleContext } from "./rule-context.ts";

/** HTML with allowed tags only. */
export const HtmlRule = z.strictObject({ kind: z.literal("html"), of: Expression });
export type HtmlRule = Readonly<z.output<typeof HtmlRule>>;

/** Reads HTML. `html(join(["chapo", "texte"]))`: "<p onclick=x>Un<script>y</script>" gives "<p>Un</p>". */
export function html(input: ExpressionInput): HtmlRule {
  return { kind: "html", of: toExpression(input) };
}

/** Returns HTML as `cleanHtml` does. Null if no text is left, or the text is a placeholder. List members are separate lines. */
export function readHtml(rule: HtmlRule, context: RuleContext): string | null {
  const written = readOneText(rule.of, context, "<br>");
  return written === null ? null : unlessPlaceholder(cleanHtml(written, context), context);
}
