import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import type { Curator } from "./person-plan.ts";
import { outOfCatalogue, personsChange, refused, type Verdict } from "./persons-change.ts";

/** Rejects an aid: it stays offline whatever its feed contains, and is never created again. */
export function decideReject(aid: CuratedAid, curator: Curator): Verdict {
  const gone = outOfCatalogue(aid);
  if (gone !== null) return { refused: gone };
  return { change: personsChange(aid, "reject", curator, { state: { status: "deleted" } }), cautions: [] };
}

/**
 * Reverts a rejection (the aid is in review again), a withdrawal or a suspension (it has its former status). An aid that left its feed
 * returns with the feed, not by hand.
 */
export function decideRestore(aid: CuratedAid, curator: Curator): Verdict {
  const isRejected = aid.status === "deleted";
  const isWithdrawn = aid.withdrawnBy !== null;
  const isSuspended = aid.watch?.state === "suspended";
  if (aid.status === "merged") return refused("is-merged", { into: aid.mergedInto ?? "" });
  if (!isRejected && !isWithdrawn && !isSuspended) {
    return aid.withdrawnAt === null ? refused("not-taken-off") : refused("left-its-feed", { day: aid.withdrawnAt });
  }
  const state = {
    ...(isRejected && { status: "reviewable" as const }),
    ...(isWithdrawn && { withdrawnAt: null, withdrawnBy: null }),
    // An aid that left its feed meanwhile is still missing; without this it would count as returned.
    ...(!isWithdrawn && aid.withdrawnAt !== null && { withdrawnAt: aid.withdrawnAt }),
    ...(isSuspended && { watch: null }),
  };
  return { change: personsChange(aid, "restore", curator, { state }), cautions: [] };
}
