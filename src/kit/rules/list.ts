import { z } from "zod";
import { evaluateExpression, isBlank } from "../expressions/evaluate-expression.ts";
import { Expression, type ExpressionInput, toExpression } from "../expressions/expression.ts";
import { cleanLine, foldTerm } from "../values/text/clean-text.ts";
import { textOfValue } from "../values/text/text-of-value.ts";
import type { RuleContext } from "./rule-context.ts";

/** A list of plain texts without duplicates. */
export const ListRule = z.strictObject({ kind: z.literal("list"), of: Expression });
export type ListRule = Readonly<z.output<typeof ListRule>>;

/** Reads a list. `list(split("Programmes", ","))`: "Action cœur de ville, Fonds vert" gives both. */
export function list(input: ExpressionInput): ListRule {
  return { kind: "list", of: toExpression(input) };
}

/** Returns the texts in the publisher's order, each on one line. Of texts that are equal when folded, it keeps the first. */
export function readList(rule: ListRule, context: RuleContext): string[] {
  const value = evaluateExpression(rule.of, context);
  const texts = new Map<string, string>();
  for (const member of Array.isArray(value) ? value.flat(8) : [value]) {
    if (isBlank(member, context.placeholders)) continue;
    const written = textOfValue(member);
    if (written === null) {
      context.report({ code: "unexpected-value", value: member });
      continue;
    }
    const line = cleanLine(written);
    const folded = foldTerm(line);
    if (line !== "" && !texts.has(folded)) texts.set(folded, line);
  }
  return [...texts.values()];
}
