import { z } from "zod";
import { Expression, type ExpressionInput, toExpression } from "../expressions/expression.ts";
import { plainTextToHtml } from "../values/html/plain-text-to-html.ts";
import { readOneText, unlessPlaceholder } from "../values/text/read-one-text.ts";
import type { RuleContext } from "./rule-context.ts";

/** Plain text with line breaks, converted to HTML. Markup is shown as text; an empty line starts a paragraph; line breaks are kept. */
export interface PlainTextRule {
  readonly kind: "plainText";
  readonly of: Expression;
}
export const PlainTextRule = z.strictObject({ kind: z.literal("plainText"), of: Expression });

/** `plainText("contact")`: "DAC Mayotte\r\n02 69 63 00 48" gives "<p>DAC Mayotte<br>02 69 63 00 48</p>". */
export function plainText(input: ExpressionInput): PlainTextRule {
  return { kind: "plainText", of: toExpression(input) };
}

/** Returns plain text as canonical HTML, list members on lines. Null if no text is left or it is a placeholder. */
export function readPlainText(rule: PlainTextRule, context: RuleContext): string | null {
  const written = readOneText(rule.of, context, "\n");
  return written === null ? null : unlessPlaceholder(plainTextToHtml(written), context);
}
