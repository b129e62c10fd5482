/** Why something that a person asks for is refused, or what they should know of it. The sentence is made in texts/. */
export interface Objection {
  readonly code: ObjectionCode;
  readonly params: Readonly<Record<string, string>>;
}

/** Why a value is none of its field's: params `field`, `found`, and what is `allowed` where that is a list. */
export type ValueCode =
  | "never-empty"
  | "unknown-term"
  | "not-a-list"
  | "no-organisation"
  | "no-territory"
  | "not-a-date"
  | "not-a-number"
  | "not-yes-or-no"
  | "not-a-link"
  | "no-text-left"
  | "out-of-bounds";

/** Why an act on an aid makes no sense. `missing-fields`: param `fields`; `is-merged`, `into-merged`: param `into`; `left-its-feed`: param `day`; `withdrawn-by`: params `by`, `day`. */
type ActCode =
  | "already-so"
  | "not-edited"
  | "no-proposal"
  | "is-rejected"
  | "is-merged"
  | "is-published"
  | "not-published"
  | "missing-fields"
  | "not-taken-off"
  | "left-its-feed"
  | "withdrawn-by"
  | "not-merged"
  | "into-itself"
  | "into-merged"
  | "into-rejected"
  | "into-its-own";

/** What is done all the same. `licence-not-open`: param `licence`; `is-withdrawn`: param `day`; `answers-proposal`, `now-missing`: params `field`, `fields`. */
type CautionCode = "licence-not-open" | "is-withdrawn" | "answers-proposal" | "now-missing";

/** Everything that can be said against what a person asks for. */
export type ObjectionCode = ValueCode | ActCode | CautionCode;
