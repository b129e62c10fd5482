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
