import type { SentenceEvidence, Suggestion } from "../model/aid/suggestion.ts";

/** A suggestion before its certainty is looked up. */
export type Suggested = Omit<Suggestion, "certainty">;

/** Suggests the value that sentences contain, each with its sentence, if there is exactly one. Of several, no rule can choose. */
export function onlyValue(
  field: Suggested["field"],
  rule: Suggested["rule"],
  found: ReadonlyMap<unknown, Pick<SentenceEvidence, "from" | "text">>,
): Suggested[] {
  const [only] = found;
  if (only === undefined || found.size > 1) return [];
  const [value, { from, text }] = only;
  return [{ field, rule, value, strength: 1, evidence: [{ kind: "sentence", from, text }] }];
}
