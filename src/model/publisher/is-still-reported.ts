import type { AidField } from "../aid/aid.ts";
import { filledShare, wellFilled } from "../aid/filled-share.ts";
import type { RunReport } from "../run/run-report.ts";
import { countOfIssue } from "../run/set-aside.ts";

/** Codes of points that no report contains. */
const unreportedCodes: ReadonlySet<string> = new Set(["not-found", "identifier", "reported-error"]);

/** Returns true if a later run still reports a point of a letter, or no report would. `deadFields`: fields with dead links. */
export function isStillReported(
  { code, field }: { readonly code: string; readonly field: string | null },
  report: RunReport,
  deadFields: ReadonlySet<string>,
): boolean {
  if (unreportedCodes.has(code)) return true;
  if (code === "dead-link") return field === null || deadFields.has(field);
  if (code === "seldom-filled") return filledShare(report, field as AidField) < wellFilled;
  if (code === "unmapped-term") return report.unmappedTerms.some(({ vocabulary }) => vocabulary === field);
  return countOfIssue(report.issues, code, field) > 0;
}
