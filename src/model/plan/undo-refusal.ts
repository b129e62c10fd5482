/** Why something cannot be undone. The sentence is made in texts/. */
export interface UndoRefusal {
  readonly code: UndoRefusalCode;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * Params `plan` and, where one made it, `run`: what is asked to be undone. `is-undo`: where it undid a run also `connector` and `snapshot`, the feed to run again;
 * `undone`, `undo-open`: also `by`, the plan that undid it, or would.
 */
export type UndoRefusalCode = "is-undo" | "still-open" | "never-applied" | "changed-nothing" | "undone" | "undo-open";
