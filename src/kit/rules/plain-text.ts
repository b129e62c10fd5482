import { z } from "zod";
import { Expression, type ExpressionInput, toExpression } from "../expressions/expression.ts";
import { decodeEntities } from "../values/html/decode-entities.ts";
import { escapeText } from "../values/html/html-markup.ts";
import { cleanCharacters } from "../values/text/clean-characters.ts";
import { readOneText, unlessPlaceholder } from "../values/text/read-one-text.ts";
import type { RuleContext } from "./rule-context.ts";

/** Plain text, converted to HTML: see `plainTextToHtml`. */
export const PlainTextRule = z.strictObject({ kind: z.literal("plainText"), of: Expression });
export type PlainTextRule = Readonly<z.output<typeof PlainTextRule>>;

/** Reads plain text. `plainText("contact")`: "DAC Mayotte\r\n02 69 63 00 48" gives "<p>DAC Mayotte<br>02 69 63 00 48</p>". */
export function plainText(input: ExpressionInput): PlainTextRule {
  return { kind: "plainText", of: toExpression(input) };
}

/** Returns plain text as HTML. Null if no text is left, or the text is a placeholder. List members are separate lines. */
export function readPlainText(rule: PlainTextRule, context: RuleContext): string | null {
  const written = readOneText(rule.of, context, "\n");
  return written === null ? null : unlessPlaceholder(plainTextToHtml(written), context);
}

/**
 * Converts plain text to HTML that `cleanHtml` does not change. Returns null for an empty text. An empty line starts a paragraph, and line
 * breaks are kept. Markup is shown as text, entities are decoded, and addresses do not become links. "a\r\nb\n\n<c>" gives
 * `<p>a<br>b</p><p>&lt;c&gt;</p>`.
 */
export function plainTextToHtml(text: string): string | null {
  const clean = cleanCharacters(decodeEntities(cleanCharacters(text)))
    .replace(/ {2,}/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .trim();
  if (clean === "") return null;
  const paragraphs = clean.split(/\n{2,}/).map((paragraph) => `<p>${escapeText(paragraph).replaceAll("\n", "<br>")}</p>`);
  return paragraphs.join("");
}
