import { z } from "zod";
import { Expression, type ExpressionInput, toExpression } from "../expressions/expression.ts";
import { decodeEntities } from "../values/html/decode-entities.ts";
import { escapeText } from "../values/html/html-markup.ts";
import { cleanCharacters } from "../values/text/clean-characters.ts";
import { readOneText, unlessPlaceholder } from "../values/text/read-one-text.ts";
import type { RuleContext } from "./rule-context.ts";

/** Plain text with line breaks, converted to HTML. Markup is shown as text; an empty line starts a paragraph; line breaks are kept. */
export const PlainTextRule = z.strictObject({ kind: z.literal("plainText"), of: Expression });
export type PlainTextRule = Readonly<z.output<typeof PlainTextRule>>;

/** `plainText("contact")`: "DAC Mayotte\r\n02 69 63 00 48" gives "<p>DAC Mayotte<br>02 69 63 00 48</p>". */
export function plainText(input: ExpressionInput): PlainTextRule {
  return { kind: "plainText", of: toExpression(input) };
}

/** Returns plain text as canonical HTML, list members on lines. Null if no text is left or it is a placeholder. */
export function readPlainText(rule: PlainTextRule, context: RuleContext): string | null {
  const written = readOneText(rule.of, context, "\n");
  return written === null ? null : unlessPlaceholder(plainTextToHtml(written), context);
}

/**
 * Converts plain text to canonical HTML: an empty line starts a paragraph; line breaks are kept; markup is shown as text; entities are
 * decoded; addresses do not become links. "a\r\nb\n\n<c>" gives `<p>a<br>b</p><p>&lt;c&gt;</p>`. Returns null without text. `cleanHtml`
 * does not change the result.
 */
export function plainTextToHtml(text: string): string | null {
  const sound = cleanCharacters(decodeEntities(cleanCharacters(text)))
    .replace(/ {2,}/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .trim();
  if (sound === "") return null;
  const paragraphs = sound.split(/\n{2,}/).map((paragraph) => `<p>${escapeText(paragraph).replaceAll("\n", "<br>")}</p>`);
  return paragraphs.join("");
}
