import type { IssueCode } from "../issue.ts";
import type { RunReport } from "../run/run-report.ts";
import type { AidField } from "./aid.ts";

/** From this share of aids on, a field counts as filled. */
export const wellFilled = 0.9;

/** Issues that show that the publisher has a value although the field stays empty: an unknown term, an invalid link. */
const saidSomething: ReadonlySet<IssueCode> = new Set([
  "unmapped-term",
  "unknown-perimeter",
  "unreadable-url",
  "text-too-long",
  "unexpected-value",
]);

/** Returns the share of aids, 0 to 1, where the publisher has a value for a field. */
export function filledShare(
  { fillRates, issues, counts }: Pick<RunReport, "fillRates" | "issues"> & { readonly counts: Pick<RunReport["counts"], "valid"> },
  field: AidField,
): number {
  const unread = issues
    .filter((group) => group.field === field && saidSomething.has(group.code))
    .reduce((sum, { count }) => sum + count, 0);
  return Math.min(1, (fillRates[field] ?? 0) + (counts.valid === 0 ? 0 : unread / counts.valid));
}
