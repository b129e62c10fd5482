import { type AidField, criticalFields } from "../model/aid/field-table.ts";
import type { Suggestion, SuggestionRule } from "../model/aid/suggestion.ts";
import measured from "./measured-rules.json" with { type: "json" };

/** Precision of a rule for a field, measured on suggestions with at least this strength. `bench:suggestions` writes it. */
export interface MeasuredRule {
  readonly rule: SuggestionRule;
  readonly field: AidField;
  /** Minimum strength of the measured suggestions. */
  readonly strength: number;
  /** Number of suggestions that could be compared with a curator's value, and number of right ones. */
  readonly n: number;
  readonly right: number;
  /** Lower bound of the precision (Wilson, 95 %). */
  readonly lower: number;
  /** The same if the sure strengths are chosen without the measured aids. They show whether the choice was luck. */
  readonly chosenN: number;
  readonly chosenRight: number;
}

/** Minimum number of measured suggestions of a sure rule, and minimum lower bound of its precision. */
const minMeasured = 50;
const minLower = 0.9;

/** Returns the minimum precision of a sure rule for a field. */
export function minPrecision(field: AidField): number {
  return criticalFields.has(field) ? 0.99 : 0.95;
}

/** Returns true if the precision of a rule reaches the thresholds of the field. */
export function reachesThresholds({ field, n, right, lower }: Omit<MeasuredRule, "chosenN" | "chosenRight">): boolean {
  return n >= minMeasured && lower >= minLower && right >= minPrecision(field) * n;
}

/** Returns true if the figures of a rule are good enough to fill the field without a person: see docs/suggestions.md. */
export function isSureRule(figure: MeasuredRule): boolean {
  const { field, chosenN, chosenRight } = figure;
  return reachesThresholds(figure) && chosenN > 0 && chosenRight >= minPrecision(field) * chosenN;
}

const figures = measured as readonly MeasuredRule[];

/** Returns the figures of a rule at the highest measured strength that the suggestion reaches, or undefined if the rule was not measured. */
export function measuredRule({ rule, field, strength }: Pick<Suggestion, "rule" | "field" | "strength">): MeasuredRule | undefined {
  const reached = figures.filter((figure) => figure.rule === rule && figure.field === field && strength >= figure.strength);
  return reached.sort((a, b) => b.strength - a.strength)[0];
}

/**
 * Returns true if the suggestion may be accepted in bulk, or filled without a person. The figures of `bench:suggestions` decide, never a
 * person. An answer for a source is never sure by itself: a person gives it.
 */
export function isSure({ rule, field, strength }: Pick<Suggestion, "rule" | "field" | "strength">): boolean {
  return figures.some((figure) => figure.rule === rule && figure.field === field && strength >= figure.strength && isSureRule(figure));
}
