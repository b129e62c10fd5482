import type { AidField } from "../model/aid/aid.ts";
import type { Suggested } from "./suggested.ts";

/** Returns the terms of a suggestion. A single value is its own term. */
function termsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value : [String(value)];
}

/**
 * Suggests the terms that the aid's own words and its neighbours support. Two kinds of evidence that agree are more often right than each
 * alone. The strength is the neighbours'.
 */
export function agreeing(fromText: readonly Suggested[], fromNeighbours: readonly Suggested[]): Suggested[] {
  const wordsOf = new Map<AidField, Suggested>();
  for (const one of fromText) if (!wordsOf.has(one.field) || !one.rule.startsWith("title-")) wordsOf.set(one.field, one);
  return fromNeighbours.flatMap((near): Suggested[] => {
    const words = wordsOf.get(near.field);
    if (words === undefined || near.rule !== "neighbours") return [];
    const both = termsOf(near.value).filter((term) => termsOf(words.value).includes(term));
    if (both.length === 0) return [];
    const isTerm = (evidence: Suggested["evidence"][number]) => !("term" in evidence) || both.includes(evidence.term ?? "");
    return [
      {
        field: near.field,
        rule: "neighbours-and-words",
        value: Array.isArray(near.value) ? both : both[0],
        strength: near.strength,
        evidence: [...words.evidence.filter(isTerm), ...near.evidence.filter(isTerm)],
      },
    ];
  });
}
