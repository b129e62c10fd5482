/**
 * A person's decision about a feed that broke. `hold`: the field `subject` keeps its last values until the feed fills `paths` again. Without
 * `paths`, the hold ends when the field's values are usual again. `loosen`: the guards ignore `subject`, a path or the code of a guard.
 */
export interface FeedDecision {
  readonly connector: string;
  readonly kind: "hold" | "loosen";
  readonly subject: string;
  readonly paths: readonly string[];
  readonly note: string | null;
  readonly by: string;
  /** ISO instant. */
  readonly at: string;
}
