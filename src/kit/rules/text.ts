import { z } from "zod";
import { Expression, type ExpressionInput, toExpression } from "../expressions/expression.ts";
import { htmlInText } from "../values/html/html-in-text.ts";
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
