import type { AidField } from "../aid/aid.ts";
import { filledShare, wellFilled } from "../aid/filled-share.ts";
import type { RunReport } from "../run/run-report.ts";
import { countOfIssue } from "../run/set-aside.ts";

/** Points about a whole feed, which no report contains. */
const untold: ReadonlySet<string> = new Set(["not-found", "identifier"]);

/**
 * Returns true if a point of a letter (`code`, `field`) is still in the report of a later run, or if the report cannot say. `deadFields`:
 * fields of the connector with dead links.
 */
export function isStillThere(
  { code, field }: { readonly code: string; readonly field: string | null },
  report: RunReport,
  deadFields: ReadonlySet<string>,
): boolean {
  if (untold.has(code)) return true;
  if (code === "dead-link") return field === null || deadFields.has(field);
  if (code === "seldom-filled") return filledShare(report, field as AidField) < wellFilled;
  if (code === "unmapped-term") return report.unmappedTerms.some(({ vocabulary }) => vocabulary === field);
  return countOfIssue(report.issues, code, field) > 0;
}
