import { evaluateExpression } from "../expressions/evaluate-expression.ts";
import type { Expression } from "../expressions/expression.ts";
import { foldTerm } from "../values/text/clean-text.ts";
import { textOfValue } from "../values/text/text-of-value.ts";
import type { RuleContext } from "./rule-context.ts";

/**
 * The value of an expression as texts: one for a text, number, yes/no or XML element, several for a list (lists in lists are flattened), none for
 * nothing. Another object is an `unexpected-value`.
 */
export function valuesOf(expression: Expression, context: RuleContext): string[] {
  return textsOf(evaluateExpression(expression, context), context);
}

/** A value as texts, as `valuesOf` gives them. */
export function textsOf(value: unknown, context: RuleContext): string[] {
  if (value === null || value === undefined || value === "") return [];
  if (Array.isArray(value)) return value.flat(8).flatMap((member) => (Array.isArray(member) ? [] : textsOf(member, context)));
  const text = textOfValue(value);
  if (text !== null) return [text];
  context.report({ code: "unexpected-value", value });
  return [];
}

/** True where the whole text means "nothing" at this publisher, or is blank. */
export function isPlaceholder(text: string, context: RuleContext): boolean {
  if (text.trim() === "") return true;
  return context.placeholders.size > 0 && context.placeholders.has(foldTerm(text));
}
