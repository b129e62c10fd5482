import { type SQL, sql } from "drizzle-orm";
import type { AidField } from "../../model/aid/aid.ts";

/** Returns SQL on `aids_with_source`, named `aids`, for the displayed text of a field: edit, otherwise kept value, otherwise imported value. Null if empty. */
export function shownField(field: AidField): SQL {
  return sql`case when aids.edits ? ${field} then aids.edits -> ${field} ->> 'value' when aids.kept ? ${field} then aids.kept ->> ${field}
    else aids.imported ->> ${field} end`;
}

/** Condition on `aids_with_source`, named `aids`: published or in review. Aids out of scope count only if they are published. */
export const isLive = sql`(aids.withdrawn_at is null and (aids.status = 'published' or (aids.status = 'reviewable' and ${shownField("outOfScope")} is null)))`;

/** Condition on `aids_with_source`, named `aids`: in review. */
export const isInReview = sql`(aids.withdrawn_at is null and aids.status = 'reviewable' and ${shownField("outOfScope")} is null)`;
