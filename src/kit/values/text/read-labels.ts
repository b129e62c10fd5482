import { holds } from "../../expressions/evaluate-condition.ts";
import type { Expression, SplitExpression } from "../../expressions/expression.ts";
import type { RuleContext, TermFileName } from "../../rules/rule-context.ts";
import { isPlaceholder, valuesOf } from "../../rules/rule-values.ts";
import { cleanLine, decodeEntities } from "./clean-text.ts";

/** Most parts of one label that contains the separator ("Université, Enseignement supérieur, Recherche" has three). */
const mostParts = 8;
/** How publishers write a list in one text, where they usually send a list. */
const usualSeparators = [";", ",", "|"];
const usualSeparator = /[;,|]/;

/**
 * The publisher's labels that an expression gives, entities decoded, markup out, blanks folded, placeholders left out. Where the expression splits a text, a label
 * that itself contains the separator ("Cuir, luxe") stays whole if the term file or our own labels know it: the longest run of parts that is known wins.
 * What is no label, be it such a part, is a list if all its parts are labels ("Communes, Associations" where a list is expected, "A;B" where `,` parts).
 */
export function labelsOf(expression: Expression, file: TermFileName, context: RuleContext): string[] {
  const labels = writtenLabels(expression, file, context).map(oneLine);
  return labels.filter((label) => !isPlaceholder(label, context));
}

function oneLine(label: string): string {
  return label.includes("<") ? cleanLine(label) : label.replace(/\s+/g, " ").trim();
}

function writtenLabels(expression: Expression, file: TermFileName, context: RuleContext): string[] {
  if (expression.kind === "split") return listsCut(splitLabels(expression, file, context), file, context);
  if (expression.kind === "when") return holds(expression.condition, context.values) ? writtenLabels(expression.of, file, context) : [];
  if (expression.kind === "firstOf") {
    for (const member of expression.of) {
      const labels = labelsOf(member, file, context);
      if (labels.length > 0) return labels;
    }
    return [];
  }
  return listsCut(valuesOf(expression, context).map(decodeEntities), file, context);
}

function listsCut(labels: readonly string[], file: TermFileName, context: RuleContext): string[] {
  return labels.flatMap((label) => severalKnown(label, file, context) ?? [label]);
}

function splitLabels(expression: SplitExpression, file: TermFileName, context: RuleContext): string[] {
  return valuesOf(expression.of, context).flatMap((text) => partsOf(decodeEntities(text), expression.separator, file, context));
}

/** A text cut at a separator; the longest run of parts that is known stays whole. */
function partsOf(text: string, separator: string, file: TermFileName, context: RuleContext): string[] {
  const labels: string[] = [];
  const parts = text.split(separator);
  for (let start = 0; start < parts.length; ) {
    let length = Math.min(mostParts, parts.length - start);
    while (length > 1 && !isKnown(parts.slice(start, start + length).join(separator), file, context)) length--;
    labels.push(parts.slice(start, start + length).join(separator));
    start += length;
  }
  return labels;
}

/** Where one text stands for a list ("Communes, Associations"): its labels, if every one of them is known; a list is never guessed. */
function severalKnown(text: string, file: TermFileName, context: RuleContext): string[] | undefined {
  if (!usualSeparator.test(text) || isKnown(text, file, context)) return undefined;
  for (const separator of usualSeparators) {
    const labels = text.includes(separator) ? partsOf(text, separator, file, context) : [];
    if (labels.length > 1 && labels.every((label) => isKnown(label, file, context))) return labels;
  }
  return undefined;
}

function isKnown(label: string, file: TermFileName, context: RuleContext): boolean {
  return context.terms.targetsOf(file, label.trim()) !== undefined;
}
