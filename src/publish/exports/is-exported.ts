import type { Aid } from "../../model/aid/aid.ts";

/** Returns true for an aid that exports include: published, or in review and in scope unless `publishedOnly`; never withdrawn. */
export function isExported(aid: Pick<Aid, "status" | "withdrawnAt" | "outOfScope">, publishedOnly: boolean): boolean {
  if (aid.withdrawnAt !== null) return false;
  return aid.status === "published" || (aid.status === "reviewable" && aid.outOfScope === null && !publishedOnly);
}
