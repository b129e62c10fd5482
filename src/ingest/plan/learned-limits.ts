import type { AidField } from "../../model/aid/aid.ts";
import type { ShiftKind } from "../../model/plan/guard.ts";
import type { GuardFacts, PastRun } from "./guard-facts.ts";

/** Shares of aids at which guards trip, 0 to 1. */
export type ShareLimits = Readonly<Record<"gone" | "newIds" | "rejected" | "linksMoved", number>>;

const defaults: ShareLimits = { gone: 0.1, newIds: 0.3, rejected: 0.1, linksMoved: 0.2 };

/** Highest limit that is learned from past runs. A person must check every feed whose aids are all new or rejected. */
const highestLearned = 0.9;

/**
 * Returns the limits for a connector. A limit that the connector declares comes first. Otherwise the limit is the default, or the limit
 * learned from the last applied runs if that is higher: twice the highest share of created aids, and the highest share of rejected records
 * plus 5 points. Limits for missing aids and moved links are not learned, because these always do damage.
 */
export function shareLimits({ past, limits }: Pick<GuardFacts, "past" | "limits">): ShareLimits {
  const learned = (share: number) => Math.min(share, highestLearned);
  return {
    gone: limits.gone ?? defaults.gone,
    newIds: limits.newIds ?? Math.max(defaults.newIds, learned(2 * Math.max(0, ...past.map(createdShare)))),
    rejected: limits.rejected ?? Math.max(defaults.rejected, learned(0.05 + Math.max(0, ...past.map(rejectedShare)))),
    linksMoved: limits.linksMoved ?? defaults.linksMoved,
  };
}

/** Returns the lowest fill rate of a field in the last applied runs, 0 to 1. Returns null if there are no such runs. */
export function healthyFillRate(past: readonly PastRun[], field: AidField): number | null {
  return past.length === 0 ? null : Math.min(...past.map((run) => run.fillRates[field] ?? 0));
}

/** Returns the share of aids that a run created, 0 to 1. Returns 0 for a first import, which creates every aid. */
export function createdShare({ created, valid }: PastRun): number {
  return created === valid ? 0 : created / valid;
}

/** Returns the share of records that a run rejected, 0 to 1. */
export function rejectedShare({ rejected, valid }: PastRun): number {
  return rejected === 0 ? 0 : rejected / (rejected + valid);
}

const defaultShifts: Readonly<Record<ShiftKind, number>> = {
  "values-moved": 0.1,
  "titles-changed": 0.2,
  "texts-shrunk": 0.2,
  "markup-appeared": 0.1,
  "characters-broken": 0.05,
  "language-changed": 0.2,
  "dates-swapped": 0.5,
};

/** A run in which more aids changed was applied by a person, as an exception. */
const usualShift = 0.5;

/** Returns the share of aids (0 to 1) from which a shift is unusual: the default, or twice the highest share of the last runs. */
export function shiftLimit(kind: ShiftKind, past: readonly PastRun[]): number {
  const shares = past.map(({ shape }) =>
    shape?.shifts === undefined || shape.shifts.of === 0 ? 0 : (shape.shifts[kind] ?? 0) / shape.shifts.of,
  );
  const usual = Math.max(0, ...shares.filter((share) => share <= usualShift));
  return Math.max(defaultShifts[kind], Math.min(2 * usual, highestLearned));
}
