import { evaluateExpression } from "../expressions/evaluate-expression.ts";
import type { Expression } from "../expressions/expression.ts";
import { foldTerm } from "../values/text/clean-text.ts";
import { textOfValue } from "../values/text/text-of-value.ts";
import type { RuleContext } from "./rule-context.ts";

/** Evaluates an expression to texts: one per value, or per member of nested lists. Reports `unexpected-value` for other objects. */
export function valuesOf(expression: Expression, context: RuleContext): string[] {
  return textsOf(evaluateExpression(expression, context), context);
}

/** Converts a value to texts as `valuesOf` does. */
export function textsOf(value: unknown, context: RuleContext): string[] {
  if (value === null || value === undefined || value === "") return [];
  if (Array.isArray(value)) return value.flat(8).flatMap((member) => (Array.isArray(member) ? [] : textsOf(member, context)));
  const text = textOfValue(value);
  if (text !== null) return [text];
  context.report({ code: "unexpected-value", value });
  return [];
}

/** Returns true if the whole text is blank or means "empty" for this publisher. */
export function isPlaceholder(text: string, context: RuleContext): boolean {
  if (text.trim() === "") return true;
  return context.placeholders.size > 0 && context.placeholders.has(foldTerm(text));
}
