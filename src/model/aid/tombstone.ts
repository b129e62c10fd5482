import type { Slug } from "../vocabularies.ts";

/** Why an aid is not to be shown any more; `removed`: its creation was undone. */
export type TombstoneReason = "withdrawn" | "rejected" | "merged" | "removed";

/** What is said of an aid that went, to who follows the catalogue. Keys in this order. */
export interface Tombstone {
  readonly aidId: string;
  readonly connector: string;
  readonly externalId: string;
  /** Status it has; of one that was removed, the last it had. */
  readonly status: Slug<"status">;
  /** `YYYY-MM-DD` */
  readonly withdrawnAt: string | null;
  readonly deleted: true;
  readonly reason: TombstoneReason;
  /** The aid that stands in its place, however many were merged on the way; null where none does. */
  readonly mergedInto: string | null;
}

/** Why an aid in this state is not to be shown any more; null where it is. */
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
