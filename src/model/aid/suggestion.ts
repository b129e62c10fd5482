import type { AidContent, AidField } from "./aid.ts";

/** Rules that suggest values, each from one kind of evidence. `bench:suggestions` measures them; docs/suggestions.md explains them. */
export const suggestionRules = [
  "sentence-contact",
  "sentence-phone",
  "sentence-mail",
  "sentence-link",
  "sentence-deadline",
  "sentence-opening",
  "sentence-recurrence",
  "sentence-rate",
  "sentence-amount",
  "sentence-audiences",
  "sentence-types",
  "sentence-steps",
  "sentence-destinations",
  "title-types",
  "title-steps",
  "title-destinations",
  "title-categories",
  "heading",
  "dates",
  "neighbours",
  "neighbours-and-words",
  "neighbours-and-title",
  "connector-default",
] as const;

export type SuggestionRule = (typeof suggestionRules)[number];

/** A sentence of the aid that contains the value. */
export interface SentenceEvidence {
  readonly kind: "sentence";
  /** Field with the sentence. */
  readonly from: AidField;
  /** The sentence as plain text. */
  readonly text: string;
  /** The term that the sentence supports, if the value is a list. */
  readonly term?: string;
}

/** Similar published aids whose curators chose the same value. "18 of the 20 nearest are Transition énergétique". */
interface NeighbourEvidence {
  readonly kind: "neighbours";
  /** Number of similar aids with the value. */
  readonly agreeing: number;
  /** Number of similar aids that were compared. */
  readonly of: number;
  /** `aidId` of the agreeing aids, the most similar first; at most five. */
  readonly aidIds: readonly string[];
  /** The term that these aids have, if the value is a list. */
  readonly term?: string;
}

/** A value that holds for all aids of a connector. "252 of 252 aids fund works". */
interface DefaultEvidence {
  readonly kind: "default";
  readonly connector: string;
  /** Number of the connector's aids that support the value, and number of aids that say anything about the field. */
  readonly agreeing: number;
  readonly of: number;
}

/** Other fields of the same aid that determine the value: an aid with a deadline is not permanent. */
interface FieldEvidence {
  readonly kind: "fields";
  readonly from: readonly AidField[];
}

export type SuggestionEvidence = SentenceEvidence | NeighbourEvidence | DefaultEvidence | FieldEvidence;

/** A restriction that the vocabulary cannot express: "communes de moins de 2 000 habitants". A bound is included; null without one. */
export interface AudienceCondition {
  readonly audience: AidContent["targetedAudiences"][number];
  readonly minPopulation: number | null;
  readonly maxPopulation: number | null;
  readonly sentence: string;
}

/**
 * A value that Moisson suggests for an empty field of an aid. It is our reading, never the publisher's value. A suggestion is complete:
 * `value` has the type of the field, and replaces the empty value as a whole. Several suggestions for one field are alternatives.
 */
export interface Suggestion {
  readonly field: AidField;
  readonly value: unknown;
  readonly rule: SuggestionRule;
  /** How strongly the rule supports the value, 0 to 1: the share of agreeing neighbours, or 0 if too few aids are labelled. 1 for rules without degrees. */
  readonly strength: number;
  /** Measured precision of the rule for this field at this strength, 0 to 1. 0 if it was not measured. */
  readonly certainty: number;
  /** At least one. The terms of a list each have their own. */
  readonly evidence: readonly SuggestionEvidence[];
  /** Restrictions of suggested audiences. Only for `targetedAudiences`. */
  readonly conditions?: readonly AudienceCondition[];
}
