import { cleanLine, decodeEntities } from "./clean-text.ts";
import { holds } from "./evaluate-condition.ts";
import type { Expression, SplitExpression } from "./expression.ts";
import type { RuleContext, TermFileName } from "./rule-context.ts";
import { isPlaceholder, valuesOf } from "./rule-values.ts";

/** Most parts of one label that contains the separator ("Université, Enseignement supérieur, Recherche" has three). */
const mostParts = 8;

/**
 * The publisher's labels that an expression gives, entities decoded, markup out, blanks folded, placeholders left out. Where the expression splits a text, a label
 * that itself contains the separator ("Cuir, luxe") stays whole if the term file or our own labels know it: the longest run of parts that is known wins.
 */
export function labelsOf(expression: Expression, file: TermFileName, context: RuleContext): string[] {
  const labels = writtenLabels(expression, file, context).map(oneLine);
  return labels.filter((label) => !isPlaceholder(label, context));
}

function oneLine(label: string): string {
  return label.includes("<") ? cleanLine(label) : label.replace(/\s+/g, " ").trim();
}

function writtenLabels(expression: Expression, file: TermFileName, context: RuleContext): string[] {
  if (expression.kind === "split") return splitLabels(expression, file, context);
  if (expression.kind === "when") return holds(expression.condition, context.values) ? writtenLabels(expression.of, file, context) : [];
  if (expression.kind === "firstOf") {
    for (const member of expression.of) {
      const labels = labelsOf(member, file, context);
      if (labels.length > 0) return labels;
    }
    return [];
  }
  return valuesOf(expression, context).map(decodeEntities);
}

function splitLabels(expression: SplitExpression, file: TermFileName, context: RuleContext): string[] {
  const labels: string[] = [];
  for (const text of valuesOf(expression.of, context)) {
    const parts = decodeEntities(text).split(expression.separator);
    for (let start = 0; start < parts.length; ) {
      let length = Math.min(mostParts, parts.length - start);
      while (length > 1 && !isKnown(parts.slice(start, start + length).join(expression.separator), file, context)) length--;
      labels.push(parts.slice(start, start + length).join(expression.separator));
      start += length;
    }
  }
  return labels;
}

function isKnown(label: string, file: TermFileName, context: RuleContext): boolean {
  return context.terms.targetsOf(file, label.trim()) !== undefined;
}
