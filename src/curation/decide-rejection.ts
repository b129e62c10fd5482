import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import type { Curator } from "./person-plan.ts";
import { outOfCatalogue, personsChange, refused, type Verdict } from "./persons-change.ts";

/** Rejects an aid: it stays off whatever its feed says, and is never created again. */
export function decideReject(aid: CuratedAid, curator: Curator): Verdict {
  const gone = outOfCatalogue(aid);
  if (gone !== null) return { refused: gone };
  return { change: personsChange(aid, "reject", curator, { state: { status: "deleted" } }), cautions: [] };
}

/**
 * Takes back what a person did to keep an aid off: a rejection (it waits for review again), a withdrawal, a suspension (its status is what it was).
 * An aid that left its feed returns with it, not by hand.
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
    // One that left its feed meanwhile is still out of it: restoring alone would say that it is back.
    ...(!isWithdrawn && aid.withdrawnAt !== null && { withdrawnAt: aid.withdrawnAt }),
    ...(isSuspended && { watch: null }),
  };
  return { change: personsChange(aid, "restore", curator, { state }), cautions: [] };
}
