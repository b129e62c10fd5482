import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import type { Curator } from "./person-plan.ts";
import { outOfCatalogue, personsChange, refused, type Verdict } from "./persons-change.ts";

/** Rejects an aid. It stays off the site even if its feed contains it, and is never created again. */
export function decideReject(aid: CuratedAid, curator: Curator): Verdict {
  const gone = outOfCatalogue(aid);
  if (gone !== null) return { refused: gone };
  return { change: personsChange(aid, "reject", curator, { state: { status: "deleted" } }), cautions: [] };
}

/**
 * Reverts a rejection, a withdrawal or a suspension. A rejected aid returns to review; the others return to their former status. Refuses
 * an aid that left its feed, because it returns with the feed.
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
    // A `restore` change clears the day of withdrawal. An aid that is still missing in its feed must keep it.
    ...(!isWithdrawn && aid.withdrawnAt !== null && { withdrawnAt: aid.withdrawnAt }),
    ...(isSuspended && { watch: null }),
  };
  return { change: personsChange(aid, "restore", curator, { state }), cautions: [] };
}
