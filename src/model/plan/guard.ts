import type { AidField } from "../aid/aid.ts";

/** Finding of a guard. Its sentence contains the two numbers and the examples, and also `field` and `params` if they are set. */
export interface GuardFinding {
  readonly code: GuardCode;
  readonly found: number;
  readonly limit: number;
  readonly examples: readonly string[];
  readonly field?: AidField;
  readonly params?: Readonly<Record<string, string | number>>;
}

/**
 * Ways in which the values of many aids can change at once: texts now contain what another field did, titles without a common word, texts
 * shorter than half, visible tags, broken characters, no longer French, day and month exchanged.
 */
export const shiftKinds = [
  "values-moved",
  "titles-changed",
  "texts-shrunk",
  "markup-appeared",
  "characters-broken",
  "language-changed",
  "dates-swapped",
] as const;

export type ShiftKind = (typeof shiftKinds)[number];

/** Guards that hold the plan. Those that show the cause come first. */
export const holdingGuards = [
  "path-missing",
  ...shiftKinds,
  "nothing-received",
  "none-valid",
  "fewer-than-expected",
  "aids-gone",
  "new-ids",
  "records-rejected",
  "field-emptied",
  "deadlines-past",
  "links-moved",
  "dates-month-first",
  "first-run-of-draft",
  "undone-before",
  "dates-swapped-elsewhere",
] as const;

export type HoldingGuard = (typeof holdingGuards)[number];

/** Returns the guard that holds plans with this code, or undefined. */
export function holdingGuard(code: string): HoldingGuard | undefined {
  return holdingGuards.find((one) => one === code);
}

/** Guards that only warn. */
export const warningGuards = [
  "field-held",
  "rare-path-missing",
  "unmapped-risen",
  "content-repeated",
  "dates-conventional",
  "deadlines-expired",
  "known-elsewhere",
  "sources-contradict",
] as const;

export type GuardCode = HoldingGuard | (typeof warningGuards)[number];

/** Returns true if a plan waits only because it is the first one of a draft, which a person must read. Nothing is wrong with it. */
export function isHeldAsFirst(guards: readonly Pick<GuardFinding, "code">[]): boolean {
  return guards.length > 0 && guards.every(({ code }) => code === "first-run-of-draft");
}
