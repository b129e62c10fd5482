import type { AidField } from "../../model/aid/aid.ts";
import { filledShare } from "../../model/aid/filled-share.ts";
import type { RunReport } from "../../model/run/run-report.ts";
import { faultKindOf } from "./fault-kinds.ts";
import type { Shares } from "./letter.ts";

/** What is measured: a run's report, or what reading its feed again gave. */
export type Measured = Pick<RunReport, "fillRates" | "issues"> & { readonly counts: Pick<RunReport["counts"], "rejected" | "valid"> };

/** Fields that an aid is useless without, whoever publishes it, and that only its publisher can fill. */
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

/** The shares that the score is made of; null where no record counts. */
export function sharesOf(measured: Measured): Shares | null {
  const { valid, rejected } = measured.counts;
  if (valid + rejected === 0) return null;
  const filled = neededFields.reduce((sum, field) => sum + filledShare(measured, field), 0) / neededFields.length;
  return { kept: valid / (valid + rejected), filled, sound: valid === 0 ? 0 : Math.max(0, 1 - wrongValues(measured) / valid) };
}

/** 0 to 100, of which 100 is kept for what has no fault; null where no record counts. The formula is explained in docs/letters.md. */
export function scoreOf(measured: Measured): number | null {
  const shares = sharesOf(measured);
  if (shares === null) return null;
  const sum = weights.kept * shares.kept + weights.filled * shares.filled + weights.sound * shares.sound;
  // Sums of tenths are a hair's breadth off.
  return Math.floor(sum * 100 + 1e-6);
}

/** Values that are wrong by the publisher's own doing, in records that could be kept. What was put right in passing does not count. */
function wrongValues({ issues }: Measured): number {
  const wrong = issues.filter(({ code, severity }) => severity === "warning" && !["question", null].includes(faultKindOf(code)));
  return wrong.reduce((sum, { count }) => sum + count, 0);
}
