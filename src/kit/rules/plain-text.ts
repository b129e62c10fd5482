import { z } from "zod";
import { Expression, type ExpressionInput, toExpression } from "../expressions/expression.ts";
import { cleanHtml } from "../values/html/clean-html.ts";
import { decodeEntities } from "../values/html/decode-entities.ts";
import { htmlInText } from "../values/html/html-in-text.ts";
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

/**
 * Returns plain text as HTML. Null if no text is left, or the text is a placeholder. List members are separate lines. A text that is HTML is
 * cleaned as such, and reported as `html-in-text`.
 */
export function readPlainText(rule: PlainTextRule, context: RuleContext): string | null {
  const written = readOneText(rule.of, context, "\n");
  if (written === null) return null;
  const found = htmlInText(written);
  if (found === null) return unlessPlaceholder(plainTextToHtml(written), context);
  context.report({ code: "html-in-text", value: written });
  return unlessPlaceholder("plain" in found ? plainTextToHtml(found.plain) : cleanHtml(found.html, context), context);
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
