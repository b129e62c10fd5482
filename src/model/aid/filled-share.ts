import type { IssueCode } from "../issue.ts";
import type { RunReport } from "../run/run-report.ts";
import type { AidField } from "./aid.ts";

/** Share of aids from which on a field counts as filled. */
export const wellFilled = 0.9;

/** What is said in a field that stays empty nevertheless: a word that we do not know yet, a link that is none. */
const saidSomething: ReadonlySet<IssueCode> = new Set([
  "unmapped-term",
  "unknown-perimeter",
  "unreadable-url",
  "text-too-long",
  "unexpected-value",
]);

/** Share of aids, 0 to 1, for which the publisher says something in a field. */
export function filledShare(
  { fillRates, issues, counts }: Pick<RunReport, "fillRates" | "issues"> & { readonly counts: Pick<RunReport["counts"], "valid"> },
  field: AidField,
): number {
  const unread = issues
    .filter((group) => group.field === field && saidSomething.has(group.code))
    .reduce((sum, { count }) => sum + count, 0);
  return Math.min(1, (fillRates[field] ?? 0) + (counts.valid === 0 ? 0 : unread / counts.valid));
}
