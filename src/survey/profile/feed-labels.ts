import type { Expression } from "../../kit/expressions/expression.ts";
import type { RuleContext, TermFileName, TermLookup } from "../../kit/rules/rule-context.ts";
import { decodeEntities } from "../../kit/values/text/clean-text.ts";
import { labelsOf } from "../../kit/values/text/read-labels.ts";
import type { Values } from "../../model/run/decoded-record.ts";
import { countTexts } from "./field-values.ts";

/** A publisher's label and its frequency. */
export interface Label {
  readonly label: string;
  readonly count: number;
  readonly isKnown: boolean;
}

/** Returns the labels that a rule with this expression and term file would read, most frequent first. */
export function labelsIn(records: readonly Values[], of: Expression, file: TermFileName, terms: TermLookup): Label[] {
  const found = records.flatMap((values) => labelsOf(of, file, contextOf(values, terms)));
  return [...countTexts(found).values()]
    .map(({ text, count }) => ({ label: text, count, isKnown: terms.targetsOf(file, text) !== undefined }))
    .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
}

/** Returns the share of labels that are known. */
export function shareKnown(labels: readonly Label[]): number {
  return labels.length === 0 ? 0 : labels.filter(({ isKnown }) => isKnown).length / labels.length;
}

/** Returns a rule context that discards reports. */
function contextOf(values: Values, terms: TermLookup): RuleContext {
  return { values, timeZone: "Europe/Paris", baseUrl: null, placeholders: new Set(), terms, report: () => undefined };
}

/** Returns true if a label is a term of any vocabulary. */
export function isSomeTerm(label: string, terms: TermLookup): boolean {
  const text = decodeEntities(label).trim();
  return fillable.some((file) => terms.targetsOf(file, text) !== undefined);
}

const fillable = ["targetedAudiences", "aidTypes", "categories", "destinations", "mobilizationSteps", "recurrence"] as const;
