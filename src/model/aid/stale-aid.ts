import type { Watch } from "../plan/plan.ts";
import type { Slug } from "../vocabularies.ts";

/** Why a person should check an aid: unchanged for a year without deadline, recurring with past dates, or suspended until now. */
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
  /** Day of the publisher's last change, of the aid's last date, or of the end of suspension. */
  readonly since: string;
  readonly watch: Watch | null;
}
