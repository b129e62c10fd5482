import { sql } from "drizzle-orm";

/** The state of an aid beside its fields, as JSON in the names of `AidState`. */
export const aidState = sql`jsonb_build_object('externalId', aids.external_id, 'status', aids.status, 'withdrawnAt', aids.withdrawn_at,
  'withdrawnBy', aids.withdrawn_by, 'mergedInto', aids.merged_into, 'watch', aids.watch, 'siteUrl', aids.site_url, 'fingerprint', aids.fingerprint,
  'recordHash', aids.record_hash, 'memo', aids.memo)`;
