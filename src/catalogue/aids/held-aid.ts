import { sql } from "drizzle-orm";
import type { AidContent } from "../../model/aid/aid.ts";
import { wholeContent } from "../../model/aid/filled-content.ts";
import type { HeldAid } from "../../model/plan/plan.ts";

/** Columns of `aids` that make a `HeldAid`, but for its external id. */
export const heldColumns = sql`aids.aid_id as "aidId", aids.revision, aids.status, aids.withdrawn_at::text as "withdrawnAt", aids.withdrawn_by as "withdrawnBy",
  aids.imported, aids.kept, aids.edits, aids.proposals, aids.fingerprint as "heldFingerprint"`;

/** What a statement with these columns gives. */
export interface HeldColumns extends Omit<HeldAid, "externalId" | "imported" | "fingerprint"> {
  readonly imported: Partial<AidContent>;
  readonly heldFingerprint: string;
}

/** The aid of a row, with every field there. */
export function heldAid(row: HeldColumns, externalId: string): HeldAid {
  const { aidId, revision, status, withdrawnAt, withdrawnBy, kept, edits, proposals } = row;
  const imported = wholeContent(row.imported);
  return {
    aidId,
    externalId,
    revision,
    status,
    withdrawnAt,
    withdrawnBy,
    imported,
    kept,
    edits,
    proposals,
    fingerprint: row.heldFingerprint,
  };
}
