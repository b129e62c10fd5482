import type { AidField } from "../model/aid/field-table.ts";
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
}

const figures = measured as readonly MeasuredRule[];

/** Returns the precision of a rule, 0 to 1, at the highest measured strength that the suggestion reaches. 0 if the rule was not measured. */
export function measuredPrecision({ rule, field, strength }: Pick<Suggestion, "rule" | "field" | "strength">): number {
  const reached = figures.filter((figure) => figure.rule === rule && figure.field === field && strength >= figure.strength);
  const [best] = reached.sort((a, b) => b.strength - a.strength);
  return best === undefined ? 0 : best.right / best.n;
}
