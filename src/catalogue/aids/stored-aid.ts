import { sql } from "drizzle-orm";
import type { AidContent } from "../../model/aid/aid.ts";
import { wholeContent } from "../../model/aid/filled-content.ts";
import type { StoredAid } from "../../model/plan/plan.ts";

/** Condition on `aids`: merged into an aid of another connector, and so a further source of it. */
export const isFurtherSource = sql`(aids.status = 'merged' and exists (
  select from aids head where head.aid_id = aids.merged_into and head.connector <> aids.connector))`;

/** Condition on `aids`: a person took it out of the catalogue, and it does not follow its feed. */
export const isOff = sql`(aids.status in ('deleted', 'merged') and not ${isFurtherSource})`;

/** Columns of `aids_with_source`, named `aids`, that a `StoredAid` is built from, except its external id. */
export const storedColumns = sql`aids.aid_id as "aidId", aids.revision, aids.status, aids.withdrawn_at::text as "withdrawnAt", aids.withdrawn_by as "withdrawnBy",
  aids.imported, nullif(aids.borrowed, '{}') as "storedBorrowed", case when aids.borrowed <> '{}' then aids.own end as "storedOwn",
  nullif(aids.contradictions, '[]') as "storedContradictions", aids.kept, aids.edits, aids.proposals, aids.fingerprint as "storedFingerprint",
  ${isFurtherSource} as "isFurtherSource"`;

/** Columns of `aids_with_source`, named `aids`, that a curated aid is built from. */
export const curatedColumns = sql`${storedColumns}, aids.connector, aids.external_id as "externalId", aids.merged_into as "mergedInto", aids.watch,
  aids.site_url as "siteUrl", aids.field_sources as "fieldSources", aids.record_hash as "recordHash", aids.memo`;

/** A row with `storedColumns`. */
export interface StoredColumns
  extends Omit<StoredAid, "externalId" | "imported" | "own" | "borrowed" | "contradictions" | "fingerprint" | "isFurtherSource"> {
  readonly isFurtherSource: boolean;
  readonly storedBorrowed: NonNullable<StoredAid["borrowed"]> | null;
  readonly storedOwn: Partial<AidContent> | null;
  readonly storedContradictions: NonNullable<StoredAid["contradictions"]> | null;
  readonly imported: Partial<AidContent>;
  readonly storedFingerprint: string;
}

/** Returns the aid of a row, with every field present. */
export function storedAid(row: StoredColumns, externalId: string): StoredAid {
  const { aidId, revision, status, withdrawnAt, withdrawnBy, kept, edits, proposals, isFurtherSource } = row;
  const imported = wholeContent(row.imported);
  return {
    aidId,
    externalId,
    revision,
    status,
    withdrawnAt,
    withdrawnBy,
    imported,
    ...(row.storedBorrowed !== null && { borrowed: row.storedBorrowed }),
    ...(row.storedContradictions !== null && { contradictions: row.storedContradictions }),
    ...(row.storedOwn !== null && { own: wholeContent(row.storedOwn) }),
    kept,
    edits,
    proposals,
    fingerprint: row.storedFingerprint,
    isFurtherSource,
  };
}

/** The state of an aid in `aids_with_source`, named `aids`, besides its fields, as JSON with the names of `AidState`. */
export const aidState = sql`jsonb_build_object('externalId', aids.external_id, 'status', aids.status, 'withdrawnAt', aids.withdrawn_at,
  'withdrawnBy', aids.withdrawn_by, 'mergedInto', aids.merged_into, 'watch', aids.watch, 'siteUrl', aids.site_url, 'fieldSources', aids.field_sources, 'fingerprint', aids.fingerprint,
  'recordHash', aids.record_hash, 'memo', aids.memo)`;
