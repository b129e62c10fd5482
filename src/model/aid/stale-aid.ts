import type { Watch } from "../plan/plan.ts";
import type { Slug } from "../vocabularies.ts";

/**
 * Why a person should check an aid: `unchanged`, no deadline and no change by the publisher for a year; `dates-past`, it is recurring and
 * its dates are last time's; `look-again`, it was suspended until a day that has come.
 */
type StaleReason = "unchanged" | "dates-past" | "look-again";

/** An aid that a person should check. Days are `YYYY-MM-DD`. */
export interface StaleAid {
  readonly aidId: string;
  readonly connector: string;
  readonly externalId: string;
  readonly revision: number;
  readonly name: string;
  readonly status: Slug<"status">;
  readonly recurrence: Slug<"recurrence"> | null;
  readonly reason: StaleReason;
  /** Day of the publisher's last known change, of its last date, or of the end of suspension. */
  readonly since: string;
  /** The last decision about it. */
  readonly watch: Watch | null;
}
