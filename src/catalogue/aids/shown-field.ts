import { type SQL, sql } from "drizzle-orm";
import type { AidField } from "../../model/aid/aid.ts";

/** The text value that an aid shows in a field, in a statement on `aids`: a person's edit, else what is kept, else what was imported; null where it is empty. */
export function shownField(field: AidField): SQL {
  return sql`case when aids.edits ? ${field} then aids.edits -> ${field} ->> 'value' when aids.kept ? ${field} then aids.kept ->> ${field}
    else aids.imported ->> ${field} end`;
}

/** Condition on `aids`: somebody is to look at the aid, or it is online. Aids out of scope are, once somebody has published them. */
export const isLive = sql`(aids.withdrawn_at is null and (aids.status = 'published' or (aids.status = 'reviewable' and ${shownField("outOfScope")} is null)))`;

/** Condition on `aids`: it waits for review. */
export const isInReview = sql`(aids.withdrawn_at is null and aids.status = 'reviewable' and ${shownField("outOfScope")} is null)`;
