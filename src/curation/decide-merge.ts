import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import type { Curator } from "./person-plan.ts";
import { outOfCatalogue, personsChange, refused, type Verdict } from "./persons-change.ts";

/**
 * Merges an aid into another one with the same content. The merged aid is taken off the site, is never created again, and redirects to the
 * other.
 */
export function decideMerge(aid: CuratedAid, into: CuratedAid, curator: Curator): Verdict {
  const gone = outOfCatalogue(aid);
  if (gone !== null) return { refused: gone };
  if (aid.aidId === into.aidId) return refused("into-itself");
  if (into.status === "deleted") return refused("into-rejected");
  if (into.status === "merged") {
    return into.mergedInto === aid.aidId ? refused("into-its-own") : refused("into-merged", { into: into.mergedInto ?? "" });
  }
  const cautions = into.withdrawnAt === null ? [] : [{ code: "is-withdrawn", params: { day: into.withdrawnAt } } as const];
  return { change: personsChange(aid, "merge", curator, { state: { status: "merged", mergedInto: into.aidId } }), cautions };
}

/** Reverts a merge and puts the aid in review again. */
export function decideSplit(aid: CuratedAid, curator: Curator): Verdict {
  if (aid.status !== "merged") return refused("not-merged");
  return { change: personsChange(aid, "split", curator, { state: { status: "reviewable", mergedInto: null } }), cautions: [] };
}
