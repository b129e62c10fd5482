import { evaluateExpression, isBlank } from "../../expressions/evaluate-expression.ts";
import type { Expression } from "../../expressions/expression.ts";
import type { RuleContext } from "../../rules/rule-context.ts";
import { cleanLine, foldTerm } from "./clean-text.ts";
import { textOfValue } from "./text-of-value.ts";

/** A longer text is no placeholder. */
const longestPlaceholder = 1000;

/**
 * The value of an expression as one text; a list as its members joined by the separator. Null where it is blank or a placeholder;
 * null and `unexpected-value` where an object stands in it.
 */
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

/** HTML, unless what is seen of it means "nothing" at this publisher. */
export function unlessPlaceholder(html: string | null, context: RuleContext): string | null {
  if (html === null || html.length > longestPlaceholder || context.placeholders.size === 0) return html;
  return context.placeholders.has(foldTerm(cleanLine(html))) ? null : html;
}
