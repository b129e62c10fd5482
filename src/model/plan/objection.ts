/** Why a person's request is refused, or a caution about it. The French and English sentences are made from the code. */
export interface Objection {
  readonly code: ObjectionCode;
  readonly params: Readonly<Record<string, string>>;
}

/** Why a value does not fit its field. Params: `field`, `found`, and `allowed` for a closed list. */
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

/**
 * Why an act on an aid is impossible. `missing-fields`: param `fields`; `is-merged`, `into-merged`: param `into`; `left-its-feed`: param
 * `day`; `withdrawn-by`: params `by`, `day`.
 */
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

/**
 * Cautions about an act that is done anyway. `licence-not-open`: param `licence`; `is-withdrawn`: param `day`; `answers-proposal`,
 * `now-missing`: params `field`, `fields`.
 */
type CautionCode = "licence-not-open" | "is-withdrawn" | "answers-proposal" | "now-missing";

/** Code of an objection or a caution. */
export type ObjectionCode = ValueCode | ActCode | CautionCode;

/** Why something cannot be undone. The sentences are made from the code. */
export interface UndoRefusal {
  readonly code: UndoRefusalCode;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * Params: `plan` and, if a run made it, `run`. `is-undo` of a run also has `connector` and `snapshot`, the feed to replay; `undone` and
 * `undo-open` have `by`, the plan that undid it or would.
 */
export type UndoRefusalCode = "is-undo" | "still-open" | "never-applied" | "changed-nothing" | "undone" | "undo-open";
