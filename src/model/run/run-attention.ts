import type { IssueCode } from "../issue.ts";
import { goodOutcomes, type Outcome } from "./run-error.ts";
import type { IssueGroup } from "./run-report.ts";

/** Figures of a run that say whether somebody should look at it. Null if it has no report. */
export interface RunFigures {
  readonly outcome: Outcome | null;
  readonly rejected?: number | null;
  /** Number of findings of guards that only warn. */
  readonly warnings?: number | null;
}

/** Returns true for a run that ended well, but rejected records or has warnings. It is neither a failure nor "all well". */
export function isToLookAt({ outcome, rejected, warnings }: RunFigures): boolean {
  if (outcome === null || !goodOutcomes.has(outcome)) return false;
  return outcome === "applied-with-rejects" || (rejected ?? 0) + (warnings ?? 0) > 0;
}

/** Issues that say that a feed, or records of it, were repaired. */
export const repairCodes = [
  "reading-changed",
  "encoded-twice",
  "wrong-encoding",
  "exact-copy",
  "html-in-text",
  "link-formula",
] as const satisfies readonly IssueCode[];

/** Returns the repairs among the issues of a report. */
export function repairsIn(issues: readonly IssueGroup[]): IssueGroup[] {
  return issues.filter(({ code }) => repairCodes.some((repair) => repair === code));
}
