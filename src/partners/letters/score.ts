import type { AidField } from "../../model/aid/aid.ts";
import { filledShare } from "../../model/aid/filled-share.ts";
import { faultKindOf } from "../../model/letter/fault-kinds.ts";
import type { Shares } from "../../model/letter/letter.ts";
import type { RunReport } from "../../model/run/run-report.ts";

/** Input of the score: a run's report, or the result of reading the feed again. */
export type Measured = Pick<RunReport, "fillRates" | "issues"> & { readonly counts: Pick<RunReport["counts"], "rejected" | "valid"> };

/** Fields that every aid needs and that only its publisher can fill. */
export const neededFields: readonly AidField[] = [
  "description",
  "originUrl",
  "contact",
  "targetedAudiences",
  "aidTypes",
  "categories",
  "perimeters",
];

const weights = { kept: 0.5, filled: 0.25, sound: 0.25 } as const;

/** Returns the parts of the score, or null without records. */
export function sharesOf(measured: Measured): Shares | null {
  const { valid, rejected } = measured.counts;
  if (valid + rejected === 0) return null;
  const filled = neededFields.reduce((sum, field) => sum + filledShare(measured, field), 0) / neededFields.length;
  return { kept: valid / (valid + rejected), filled, sound: valid === 0 ? 0 : Math.max(0, 1 - wrongValues(measured) / valid) };
}

/** Returns the score, 0 to 100, or null without records. Rounds down, so that only a faultless feed has 100. docs/letters.md explains the formula. */
export function scoreOf(measured: Measured): number | null {
  const shares = sharesOf(measured);
  if (shares === null) return null;
  const sum = weights.kept * shares.kept + weights.filled * shares.filled + weights.sound * shares.sound;
  // Corrects floating-point errors before rounding down.
  return Math.floor(sum * 100 + 1e-6);
}

/** Counts the wrong values that the publisher can correct, in imported records. Values that we repaired do not count. */
function wrongValues({ issues }: Measured): number {
  const wrong = issues.filter(({ code, severity }) => severity === "warning" && !["question", null].includes(faultKindOf(code)));
  return wrong.reduce((sum, { count }) => sum + count, 0);
}
