import type { IssueCode } from "../issue.ts";
import type { RunReport } from "../run/run-report.ts";
import type { AidField } from "./aid.ts";

/** Minimum share of aids for a field to count as well filled. */
export const wellFilled = 0.9;

/** Issues about a value that the publisher gives but that leaves the field empty: an unknown term, an invalid link. */
const unreadValueCodes: ReadonlySet<IssueCode> = new Set([
  "unmapped-term",
  "unknown-perimeter",
  "unreadable-url",
  "text-too-long",
  "unexpected-value",
]);

/** Returns the share of aids, 0 to 1, where the publisher gives a value for a field, even if we cannot read it. */
export function filledShare(
  { fillRates, issues, counts }: Pick<RunReport, "fillRates" | "issues"> & { readonly counts: Pick<RunReport["counts"], "valid"> },
  field: AidField,
): number {
  const unread = issues
    .filter((group) => group.field === field && unreadValueCodes.has(group.code))
    .reduce((sum, { count }) => sum + count, 0);
  return Math.min(1, (fillRates[field] ?? 0) + (counts.valid === 0 ? 0 : unread / counts.valid));
}
