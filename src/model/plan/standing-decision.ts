import type { AidField } from "../aid/aid.ts";
import type { SuggestionRule } from "../aid/suggestion.ts";

/**
 * What a decision does in every run:
 * - `fill`: fills an empty field with its sure suggestion, or with a value that the person chose;
 * - `publish`: publishes aids that lack nothing and have no warning. Without it, every aid waits for review.
 */
const standingKinds = ["fill", "publish"] as const;

/** A person's decision that holds for the present and future aids of a connector or a publisher until somebody ends it. */
export interface StandingDecision {
  readonly id: string;
  readonly kind: (typeof standingKinds)[number];
  /** Exactly one of the two is set. `publisher`: its id; the decision holds for all its connectors. */
  readonly connector: string | null;
  readonly publisher: string | null;
  /** The field to fill. Null for `publish`. */
  readonly field: AidField | null;
  /** Only suggestions of this rule. Null: of any rule. */
  readonly rule: SuggestionRule | null;
  /** The value that the person chose for the field, or null to use the suggestion of each aid. */
  readonly value: unknown;
  readonly note: string | null;
  readonly by: string;
  /** ISO instants. `endedAt`: null while the decision holds. */
  readonly at: string;
  readonly endedAt: string | null;
  readonly endedBy: string | null;
}
