import type { Suggested } from "./suggested.ts";

/** Returns the terms of a suggestion. A single value is its own term. */
function termsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value : [String(value)];
}

/**
 * Suggests the terms that the aid's own words and its neighbours support. Two kinds of evidence that agree are more often right than each
 * alone, above all if the words are in the title. The strength is the neighbours'.
 */
export function agreeing(fromText: readonly Suggested[], fromNeighbours: readonly Suggested[]): Suggested[] {
  return fromNeighbours
    .filter(({ rule }) => rule === "neighbours")
    .flatMap((near) => {
      const ofField = fromText.filter(({ field }) => field === near.field);
      const title = ofField.find(({ rule }) => rule.startsWith("title-"));
      const texts = ofField.find(({ rule }) => !rule.startsWith("title-")) ?? title;
      return [...both("neighbours-and-words", near, texts), ...both("neighbours-and-title", near, title)];
    });
}

function both(rule: Suggested["rule"], near: Suggested, words: Suggested | undefined): Suggested[] {
  const terms = words === undefined ? [] : termsOf(near.value).filter((term) => termsOf(words.value).includes(term));
  if (words === undefined || terms.length === 0) return [];
  const isTerm = (evidence: Suggested["evidence"][number]) => !("term" in evidence) || terms.includes(evidence.term ?? "");
  return [
    {
      field: near.field,
      rule,
      value: Array.isArray(near.value) ? terms : terms[0],
      strength: near.strength,
      evidence: [...words.evidence.filter(isTerm), ...near.evidence.filter(isTerm)],
    },
  ];
}
