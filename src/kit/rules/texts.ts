import { z } from "zod";
import { Expression, type ExpressionInput, toExpression } from "../expressions/expression.ts";
import { cleanHtml } from "../values/html/clean-html.ts";
import { decodeEntities } from "../values/html/decode-entities.ts";
import { htmlInText } from "../values/html/html-in-text.ts";
import { escapeText } from "../values/html/html-markup.ts";
import { cleanMarkdown } from "../values/html/markdown-to-html.ts";
import { cleanCharacters } from "../values/text/clean-characters.ts";
import { cleanLine } from "../values/text/clean-text.ts";
import { readOneText, unlessPlaceholder } from "../values/text/read-one-text.ts";
import type { RuleContext } from "./rule-context.ts";

/** One line of plain text: see `cleanLine`. */
export const TextRule = z.strictObject({ kind: z.literal("text"), of: Expression });
export type TextRule = Readonly<z.output<typeof TextRule>>;

/** Reads one line of text. `text("titre")`: "<b>Aide &agrave; l&rsquo;achat</b> " gives "Aide à l’achat". */
export function text(input: ExpressionInput): TextRule {
  return { kind: "text", of: toExpression(input) };
}

/**
 * Returns the text on one line, without markup. Encoded tags ("&lt;p&gt;Titre&lt;/p&gt;") are removed, too, and reported as `html-in-text`.
 * Null if it is empty or a placeholder. Commas join list
 * members.
 */
export function readText(rule: TextRule, context: RuleContext): string | null {
  const written = readOneText(rule.of, context);
  if (written === null) return null;
  const line = cleanLine(withMarkup(written, context));
  return line === "" ? null : unlessPlaceholder(line, context);
}

/** Decodes the tags of a text if they are encoded. */
function withMarkup(written: string, context: RuleContext): string {
  const found = written.includes("&") && written.includes("lt;") ? htmlInText(written) : null;
  if (found === null) return written;
  context.report({ code: "html-in-text", value: written });
  return "plain" in found ? found.plain : found.html;
}

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

/** Markdown, converted to HTML with allowed tags only. */
export const MarkdownRule = z.strictObject({ kind: z.literal("markdown"), of: Expression });
export type MarkdownRule = Readonly<z.output<typeof MarkdownRule>>;

/** Reads Markdown. `markdown("description")`: "**Profitez** de l'offre" gives "<p><strong>Profitez</strong> de l'offre</p>". */
export function markdown(input: ExpressionInput): MarkdownRule {
  return { kind: "markdown", of: toExpression(input) };
}

/** Returns Markdown as HTML. Null if no text is left, or the text is a placeholder. */
export function readMarkdown(rule: MarkdownRule, context: RuleContext): string | null {
  const written = readOneText(rule.of, context, "\n\n");
  return written === null ? null : unlessPlaceholder(cleanMarkdown(written, context), context);
}

/** Plain text, converted to HTML: see `plainTextToHtml`. */
export const PlainTextRule = z.strictObject({ kind: z.literal("plainText"), of: Expression });
export type PlainTextRule = Readonly<z.output<typeof PlainTextRule>>;

/** Reads plain text. `plainText("contact")`: "DAC Mayotte\r\n02 69 63 00 48" gives "<p>DAC Mayotte<br>02 69 63 00 48</p>". */
export function plainText(input: ExpressionInput): PlainTextRule {
  return { kind: "plainText", of: toExpression(input) };
}

/** Returns plain text as HTML, or null if nothing is left. A text that is HTML is cleaned as such, and reported as `html-in-text`. */
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
