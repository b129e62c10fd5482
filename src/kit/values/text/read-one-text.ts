import { evaluateExpression, isBlank } from "../../expressions/evaluate-expression.ts";
import type { Expression } from "../../expressions/expression.ts";
import type { RuleContext } from "../../rules/rule-context.ts";
import { cleanLine, foldTerm } from "./clean-text.ts";
import { textOfValue } from "./text-of-value.ts";

/** Maximum length of a placeholder with its markup, in characters. */
const maxPlaceholderLength = 1000;

/** Returns an expression's value as one text. Null if it is empty, a placeholder, or, with `unexpected-value`, an object. */
export function readOneText(expression: Expression, context: RuleContext, separator = ", "): string | null {
  const value = evaluateExpression(expression, context);
  if (isBlank(value, context.placeholders)) return null;
  if (!Array.isArray(value)) return textOrIssue(value, context);
  const texts: string[] = [];
  for (const member of value.flat(8)) {
    if (isBlank(member, context.placeholders)) continue;
    const text = textOrIssue(member, context);
    if (text === null) return null;
    texts.push(text);
  }
  return texts.length === 0 ? null : texts.join(separator);
}

function textOrIssue(value: unknown, context: RuleContext): string | null {
  const text = textOfValue(value);
  if (text === null) context.report({ code: "unexpected-value", value });
  return text;
}

/** Returns the HTML, or null if its text is a placeholder. */
export function unlessPlaceholder(html: string | null, context: RuleContext): string | null {
  if (html === null || html.length > maxPlaceholderLength || context.placeholders.size === 0) return html;
  return context.placeholders.has(foldTerm(cleanLine(html))) ? null : html;
}
