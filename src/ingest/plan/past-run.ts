import type { RunReport } from "../../model/run/run-report.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { PastRun } from "./guard-facts.ts";

/** Runs that guards learn from. */
export const runsLearnedFrom = 10;

/** What guards learn from a run that was applied. */
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
