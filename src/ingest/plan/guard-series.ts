import type { GuardFinding } from "../../model/plan/plan.ts";
import type { PastRun } from "./guard-facts.ts";
import { createdShare, rejectedShare } from "./learned-limits.ts";

/** What a guard measures: a number of aids or records, or a share of them (0 to 1), of the past runs and of this one. */
export interface GuardSeries {
  readonly what: "aids" | "records" | "new-ids" | "rejected" | "filled" | "unmapped";
  readonly isShare: boolean;
  /** Oldest first. */
  readonly past: readonly { readonly day: string; readonly value: number }[];
  readonly now: number;
  /** At this value the guard trips; null where it has none. */
  readonly limit: number | null;
  /** It trips at that value and below, in place of at it and above. */
  readonly tripsBelow: boolean;
}

/** What a guard saw beside what it saw in the past runs (newest first); null where it measures nothing over time. */
export function guardSeries(finding: GuardFinding, past: readonly PastRun[]): GuardSeries | null {
  if (past.length === 0) return null;
  const { code, found, limit, field, params = {} } = finding;
  const of = Number(params.of ?? Number.NaN);
  const share = Number(params.share ?? Number.NaN);
  const over = (value: (run: PastRun) => number) => [...past].reverse().map((run) => ({ day: run.day, value: value(run) }));
  switch (code) {
    case "nothing-received":
      return { what: "records", isShare: false, past: over(({ received }) => received), now: 0, limit: null, tripsBelow: true };
    case "none-valid":
      return { what: "aids", isShare: false, past: over(({ valid }) => valid), now: 0, limit: null, tripsBelow: true };
    case "fewer-than-expected":
      return { what: "aids", isShare: false, past: over(({ valid }) => valid), now: found, limit, tripsBelow: true };
    case "aids-gone":
      // What is gone is not kept run by run; what is left is, and says the same.
      if (Number.isNaN(of)) return null;
      return { what: "aids", isShare: false, past: over(({ valid }) => valid), now: of - found, limit: of - limit, tripsBelow: true };
    case "new-ids":
      if (Number.isNaN(of)) return null;
      return { what: "new-ids", isShare: true, past: over(createdShare), now: found / of, limit: share, tripsBelow: false };
    case "records-rejected":
      if (Number.isNaN(of)) return null;
      return { what: "rejected", isShare: true, past: over(rejectedShare), now: found / of, limit: share, tripsBelow: false };
    case "field-emptied":
      if (Number.isNaN(of) || field === undefined) return null;
      return {
        what: "filled",
        isShare: true,
        past: over((run) => run.fillRates[field] ?? 0),
        now: 1 - found / of,
        limit: 1 - limit / of,
        tripsBelow: true,
      };
    case "unmapped-risen":
      return { what: "unmapped", isShare: false, past: over(({ unmapped }) => unmapped), now: found, limit, tripsBelow: false };
    default:
      return null;
  }
}
