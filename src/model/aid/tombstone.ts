import type { Slug } from "../vocabularies.ts";

/** Why an aid is no longer shown. `removed` means that its creation was undone. */
export type TombstoneReason = "withdrawn" | "rejected" | "merged" | "removed";

/** Notice of an aid that is gone, for followers of the catalogue. Key order is fixed. */
export interface Tombstone {
  readonly aidId: string;
  readonly connector: string;
  readonly externalId: string;
  /** Status of the aid. For a removed aid, the last status. */
  readonly status: Slug<"status">;
  /** `YYYY-MM-DD` */
  readonly withdrawnAt: string | null;
  readonly deleted: true;
  readonly reason: TombstoneReason;
  /** The aid that replaces this one after one or more merges, or null. */
  readonly mergedInto: string | null;
}

/** Returns why an aid in this state is not shown, or null if it is shown. */
export function reasonGone({
  status,
  withdrawnAt,
}: {
  readonly status: Slug<"status">;
  readonly withdrawnAt: string | null;
}): TombstoneReason | null {
  if (status === "merged") return "merged";
  if (status === "deleted") return "rejected";
  return withdrawnAt === null ? null : "withdrawn";
}
