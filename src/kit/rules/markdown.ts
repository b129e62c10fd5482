import { z } from "zod";
import { Expression, type ExpressionInput, toExpression } from "../expressions/expression.ts";
import { cleanMarkdown } from "../values/html/markdown-to-html.ts";
import { readOneText, unlessPlaceholder } from "../values/text/read-one-text.ts";
import type { RuleContext } from "./rule-context.ts";

/** Markdown, converted to HTML with allowed tags only. */
export const MarkdownRule = z.strictObject({ kind: z.literal("markdown"), of: Expression });
export type MarkdownRule = Readonly<z.output<typeof MarkdownRule>>;

/**
 * Reads Markdown. `markdown("description")`: "**Profitez** de [l'offre](https://a.fr)" gives "<p><strong>Profitez</strong> de <a
 * href=…>l'offre</a></p>".
 */
export function markdown(input: ExpressionInput): MarkdownRule {
  return { kind: "markdown", of: toExpression(input) };
}

/** Returns Markdown as HTML. Null if no text is left, or the text is a placeholder. */
export function readMarkdown(rule: MarkdownRule, context: RuleContext): string | null {
  const written = readOneText(rule.of, context, "\n\n");
  return written === null ? null : unlessPlaceholder(cleanMarkdown(written, context), context);
}
