import type { GuardFinding } from "../../model/plan/guard.ts";
import type { RunReport } from "../../model/run/run-report.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { PastRun } from "./guard-facts.ts";
import { createdShare, rejectedShare } from "./learned-limits.ts";

/** Values that a guard measured in past runs and in this one: a number of aids or records, or a share (0 to 1). */
export interface GuardSeries {
  readonly what: "aids" | "records" | "new-ids" | "rejected" | "filled" | "unmapped";
  readonly isShare: boolean;
  /** Oldest first. */
  readonly past: readonly { readonly day: string; readonly value: number }[];
  readonly now: number;
  /** The guard trips at this value; null if it has no limit. */
  readonly limit: number | null;
  /** The limit as the guard's sentence states it: a share (0 to 1) of lost aids. `least`: the minimum count, in a small feed. */
  readonly lost?: { readonly share: number; readonly least: number | null };
  /** True if the guard trips at the limit and below it; false if at the limit and above it. */
  readonly tripsBelow: boolean;
}

/**
 * Returns the values of a guard in past runs and in this one. `past` has the newest run first. Returns null if past runs have no such
 * value.
 */
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
      // Past runs store the number of valid aids and not of missing aids, so the series shows the remaining aids.
      if (Number.isNaN(of)) return null;
      return {
        what: "aids",
        isShare: false,
        past: over(({ valid }) => valid),
        now: of - found,
        limit: of - limit,
        tripsBelow: true,
        ...(!Number.isNaN(share) && { lost: { share, least: limit > Math.ceil(share * of) ? limit : null } }),
      };
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

/** Number of applied runs from which guards learn. */
export const runsLearnedFrom = 10;

/** Returns the part of an applied run's report from which guards learn. */
export function pastRunOf({ counts, fillRates, unmappedTerms, shape }: RunReport, appliedAt: Date): PastRun {
  return {
    day: parisDay(appliedAt),
    received: counts.received,
    rejected: counts.rejected,
    valid: counts.valid,
    created: counts.created,
    fillRates,
    unmapped: unmappedTerms.reduce((sum, { count }) => sum + count, 0),
    ...(shape !== undefined && { shape }),
  };
}
