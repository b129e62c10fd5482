import type { AidField } from "../aid/aid.ts";
import { filledShare, wellFilled } from "../aid/filled-share.ts";
import type { RunReport } from "../run/run-report.ts";
import { countOfIssue } from "../run/set-aside.ts";

/** Codes of what is asked of a whole feed, which no report tells. */
const untold: ReadonlySet<string> = new Set(["not-found", "identifier"]);

/**
 * True where a point of a letter is still to be mended after a run, by its report; true too where that cannot be known. `code`, `field`: of the point; `deadFields`: fields of the
 * connector with dead links.
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
