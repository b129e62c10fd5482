import type { RunReport } from "../../model/run/run-report.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { PastRun } from "./guard-facts.ts";

/** Number of applied runs from which guards learn. */
export const runsLearnedFrom = 10;

/** Returns the part of an applied run's report from which guards learn. */
export function pastRunOf({ counts, fillRates, unmappedTerms }: RunReport, appliedAt: Date): PastRun {
  return {
    day: parisDay(appliedAt),
    received: counts.received,
    rejected: counts.rejected,
    valid: counts.valid,
    created: counts.created,
    fillRates,
    unmapped: unmappedTerms.reduce((sum, { count }) => sum + count, 0),
  };
}
