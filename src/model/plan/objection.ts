/** Why a person's request is not possible, or a caution about it. `french/` and `cli/english/` contain the sentences. */
export interface Objection {
  readonly code: ObjectionCode;
  readonly params: Readonly<Record<string, string>>;
}

/** Why a value does not fit its field. Parameters: `field`, `found`, and `allowed` for a closed list. */
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
 * Why an action on an aid is impossible. Parameters: `fields` of `missing-fields`, and, if suggestions fill some of them, `suggested`
 * (number of fields) and `aid`; `into` of `is-merged` and `into-merged`; `day` of `left-its-feed`; `by` and `day` of `withdrawn-by`;
 * `connector` and `sources` of `not-a-source`; `field` of `no-suggestion` and `is-confirmed`; `warnings` of `has-warnings`.
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
  | "into-its-own"
  | "not-a-source"
  | "no-suggestion"
  | "is-confirmed"
  | "not-in-review"
  | "has-warnings";

/**
 * Cautions about an action that is done anyway. Parameters: `warning` (`PublicationWarning`) of `warning`; `licence` of `licence-not-open`; `day` of `is-withdrawn`; `field` of
 * `answers-proposal`; `fields` of `now-missing`; `connector` of `no-courtesy-letter`.
 */
type CautionCode = "warning" | "no-courtesy-letter" | "licence-not-open" | "is-withdrawn" | "answers-proposal" | "now-missing";

export type ObjectionCode = ValueCode | ActCode | CautionCode;

/** Why something cannot be undone. `french/` and `cli/english/` contain the sentences. */
export interface UndoRefusal {
  readonly code: UndoRefusalCode;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * Code of a refusal. Every code has the parameter `plan`, and `run` if a run made the plan. `is-undo` of a run also has `connector`, and
 * the `snapshot` to replay. `undone` and `undo-open` also have `by`, the plan with the undo.
 */
export type UndoRefusalCode = "is-undo" | "still-open" | "never-applied" | "changed-nothing" | "undone" | "undo-open";
