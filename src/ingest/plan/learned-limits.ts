import type { AidField } from "../../model/aid/aid.ts";
import type { GuardFacts, PastRun } from "./guard-facts.ts";

/** Limits of the guards on a share of aids, 0 to 1: at that share they trip. */
export interface ShareLimits {
  readonly gone: number;
  readonly newIds: number;
  readonly rejected: number;
  readonly linksMoved: number;
}

const defaults: ShareLimits = { gone: 0.1, newIds: 0.3, rejected: 0.1, linksMoved: 0.2 };

/** What past runs teach never switches a guard off: a feed of which everything is new, or rejected, is always looked at. */
const highestLearned = 0.9;

/**
 * The limits that hold for a connector: its own, else the default or what its last applied runs teach, whichever is larger. New ids: twice the highest
 * share of created aids; rejected records: 5 points above the highest share. Aids gone and links moved are not learned: they are damage each time.
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

/** The lowest share of aids that filled a field over the last applied runs, 0 to 1; null where there was none. */
export function healthyFillRate(past: readonly PastRun[], field: AidField): number | null {
  return past.length === 0 ? null : Math.min(...past.map((run) => run.fillRates[field] ?? 0));
}

/** Share of aids that a run created, 0 to 1. A first import, which creates everything, says nothing of what is usual. */
export function createdShare({ created, valid }: PastRun): number {
  return created === valid ? 0 : created / valid;
}

/** Share of records that a run rejected, 0 to 1. */
export function rejectedShare({ rejected, valid }: PastRun): number {
  return rejected === 0 ? 0 : rejected / (rejected + valid);
}
