import { holds } from "../../expressions/evaluate-condition.ts";
import type { Expression, ExpressionOf } from "../../expressions/expression.ts";
import type { RuleContext, TermFileName } from "../../rules/rule-context.ts";
import { isPlaceholder, valuesOf } from "../../rules/rule-values.ts";
import { cleanLine, decodeEntities } from "./clean-text.ts";

/** Maximum number of parts of a label with separators. "Université, Enseignement supérieur, Recherche" has three. */
const maxParts = 8;
/** Separators tried for a text that should have been a list. */
const usualSeparators = [";", ",", "|"];
const usualSeparator = /[;,|]/;

/**
 * Returns the labels of an expression on one line each, without placeholders. A label is known if the term file or our labels contain it.
 *
 * - If the expression splits a text, known labels that contain the separator ("Cuir, luxe") stay whole. Of several, the longest counts.
 * - An unknown label is split at a usual separator if all its parts are known: "Communes, Associations".
 */
export function labelsOf(expression: Expression, file: TermFileName, context: RuleContext): string[] {
  const labels = writtenLabels(expression, file, context).map(oneLine);
  return labels.filter((label) => !isPlaceholder(label, context));
}

function oneLine(label: string): string {
  return label.includes("<") ? cleanLine(label) : label.replace(/\s+/g, " ").trim();
}

function writtenLabels(expression: Expression, file: TermFileName, context: RuleContext): string[] {
  if (expression.kind === "split") return splitKnownLists(splitLabels(expression, file, context), file, context);
  if (expression.kind === "when") return holds(expression.condition, context.values) ? writtenLabels(expression.of, file, context) : [];
  if (expression.kind === "firstOf") {
    for (const member of expression.of) {
      const labels = labelsOf(member, file, context);
      if (labels.length > 0) return labels;
    }
    return [];
  }
  return splitKnownLists(valuesOf(expression, context).map(decodeEntities), file, context);
}

function splitKnownLists(labels: readonly string[], file: TermFileName, context: RuleContext): string[] {
  return labels.flatMap((label) => knownPartsOf(label, file, context) ?? [label]);
}

function splitLabels(expression: ExpressionOf<"split">, file: TermFileName, context: RuleContext): string[] {
  return valuesOf(expression.of, context).flatMap((text) => partsOf(decodeEntities(text), expression.separator, file, context));
}

/** Splits a text at a separator, but not inside known labels. */
function partsOf(text: string, separator: string, file: TermFileName, context: RuleContext): string[] {
  const labels: string[] = [];
  const parts = text.split(separator);
  for (let start = 0; start < parts.length; ) {
    let length = Math.min(maxParts, parts.length - start);
    while (length > 1 && !isKnown(parts.slice(start, start + length).join(separator), file, context)) length--;
    labels.push(parts.slice(start, start + length).join(separator));
    start += length;
  }
  return labels;
}

/** Splits a text if all its parts are known labels. Returns undefined for other texts. */
function knownPartsOf(text: string, file: TermFileName, context: RuleContext): string[] | undefined {
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
