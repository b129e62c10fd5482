import { z } from "zod";
import { Expression, type ExpressionInput, toExpression } from "../expressions/expression.ts";
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

/** Returns the text on one line. Null if it is empty or a placeholder. Commas join list members. */
export function readText(rule: TextRule, context: RuleContext): string | null {
  const written = readOneText(rule.of, context);
  if (written === null) return null;
  const line = cleanLine(written);
  return line === "" ? null : unlessPlaceholder(line, context);
}
