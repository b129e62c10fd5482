import type { SuggestionEvidence } from "../../model/aid/suggestion.ts";
import type { SuggestedBy } from "../../model/plan/plan.ts";

/** Describes the evidence of a suggestion. */
export function evidenceMessage(evidence: SuggestionEvidence): string {
  const term = "term" in evidence && evidence.term !== undefined ? `${evidence.term}: ` : "";
  switch (evidence.kind) {
    case "sentence":
      return `${term}"${evidence.text}" (${evidence.from})`;
    case "neighbours":
      return `${term}${evidence.agreeing} of the ${evidence.of} nearest aids`;
    case "default":
      return `${evidence.agreeing} of ${evidence.of} aids of ${evidence.connector}`;
    case "fields":
      return `follows from ${evidence.from.join(", ")}`;
  }
}

/** Returns a certainty (0 to 1) as a percentage, rounded down because 99.7 % is not certain. */
export function certaintyMessage(certainty: number): string {
  return certainty === 0 ? "not measured" : `${Math.floor(certainty * 100)} %`;
}

/** Says that we filled a field, by which rule, and whether a person has confirmed it. */
export function suggestedMessage({ rule, evidence, confirmed }: SuggestedBy): string {
  const because = evidence.slice(0, maxEvidence).map(evidenceMessage).join("; ");
  return `filled by Moisson: ${rule}${because === "" ? "" : `, ${because}`}${confirmed ? "" : "; not confirmed by a person"}`;
}

const maxEvidence = 3;
