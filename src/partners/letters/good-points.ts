import { filledShare } from "../../model/aid/filled-share.ts";
import { kindOfCode } from "./kind-of-code.ts";
import type { Fault, GoodPoint } from "./letter.ts";
import { type Measured, neededFields } from "./score.ts";

/** What is good in a feed, said before what is not. `before`: the oldest score that is known. */
export function goodPoints(reading: Measured, faults: readonly Fault[], before: number | null, score: number | null): GoodPoint[] {
  const { valid, rejected } = reading.counts;
  if (valid === 0) return [];
  const good: GoodPoint[] = [];
  const hasFault = (kind: string) => faults.some(({ code }) => kindOfCode(code) === kind);
  if (rejected === 0) good.push({ code: "all-kept", count: valid });
  if (!hasFault("identifiers")) good.push({ code: "all-identified" });
  // What is said in a field counts as filled even where it is to be mended: it is not praised and asked for on one page.
  const full = neededFields.filter((field) => filledShare(reading, field) === 1 && !faults.some((fault) => fault.field === field));
  if (full.length > 0) good.push({ code: "always-filled", fields: full });
  const { fillRates } = reading;
  if (!hasFault("dates") && ((fillRates.submissionDeadline ?? 0) > 0 || (fillRates.startDate ?? 0) > 0)) good.push({ code: "dates-sound" });
  if (!hasFault("links") && (fillRates.originUrl ?? 0) > 0) good.push({ code: "links-sound" });
  if (before !== null && score !== null && score > before) good.push({ code: "better", from: before, to: score });
  if (faults.every(({ code }) => kindOfCode(code) === "question")) good.push({ code: "no-fault" });
  return good;
}
