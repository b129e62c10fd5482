import type { Watch } from "../plan/plan.ts";
import type { Slug } from "../vocabularies.ts";

/**
 * Why somebody should look at an aid: `unchanged`, no deadline and nothing new from its publisher for a year; `dates-past`, it comes again and its dates are
 * those of the last time; `look-again`, it was suspended until a day that has come.
 */
type StaleReason = "unchanged" | "dates-past" | "look-again";

/** An aid that somebody should look at. Days are `YYYY-MM-DD`. */
export interface StaleAid {
  readonly aidId: string;
  readonly connector: string;
  readonly externalId: string;
  readonly revision: number;
  readonly name: string;
  readonly status: Slug<"status">;
  readonly recurrence: Slug<"recurrence"> | null;
  readonly reason: StaleReason;
  /** The day of the publisher's last change that is known, of the last of its dates, or until which it was suspended. */
  readonly since: string;
  /** What was last decided about it. */
  readonly watch: Watch | null;
}
