import type { Aid } from "../../model/aid/aid.ts";

/**
 * True for an aid that the exports write: published, or in review and in scope unless only published ones are wanted; never one that was withdrawn.
 */
export function isExported(aid: Pick<Aid, "status" | "withdrawnAt" | "outOfScope">, publishedOnly: boolean): boolean {
  if (aid.withdrawnAt !== null) return false;
  return aid.status === "published" || (aid.status === "reviewable" && aid.outOfScope === null && !publishedOnly);
}
