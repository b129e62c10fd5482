import type { AidField } from "../../model/aid/aid.ts";
import type { GuardFacts, PastRun } from "./guard-facts.ts";

/** Limits of guards on a share of aids, 0 to 1. A guard trips at this share. */
export interface ShareLimits {
  readonly gone: number;
  readonly newIds: number;
  readonly rejected: number;
  readonly linksMoved: number;
}

const defaults: ShareLimits = { gone: 0.1, newIds: 0.3, rejected: 0.1, linksMoved: 0.2 };

/** Highest limit that past runs can teach. A feed where everything is new or rejected always needs a person. */
const highestLearned = 0.9;

/**
 * Returns the limits for a connector: its own, else the larger of the default and what its last applied runs teach. For new ids that is
 * twice the highest share of created aids; for rejected records 5 points above the highest share. Limits for gone aids and moved links are
 * not learned, because each time is damage.
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

/** Returns the lowest fill rate of a field in the last applied runs, 0 to 1, or null without runs. */
export function healthyFillRate(past: readonly PastRun[], field: AidField): number | null {
  return past.length === 0 ? null : Math.min(...past.map((run) => run.fillRates[field] ?? 0));
}

/** Share of aids that a run created, 0 to 1. Ignores a first import, which creates everything. */
export function createdShare({ created, valid }: PastRun): number {
  return created === valid ? 0 : created / valid;
}

/** Share of records that a run rejected, 0 to 1. */
export function rejectedShare({ rejected, valid }: PastRun): number {
  return rejected === 0 ? 0 : rejected / (rejected + valid);
}
