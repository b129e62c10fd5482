import { type SQL, sql } from "drizzle-orm";
import type { AidField } from "../aid/aid.ts";

/** The text value that an aid shows in a field, in a statement on `aids`: a person's edit, else what is kept, else what was imported; null where it is empty. */
export function shownField(field: AidField): SQL {
  return sql`case when aids.edits ? ${field} then aids.edits -> ${field} ->> 'value' when aids.kept ? ${field} then aids.kept ->> ${field}
    else aids.imported ->> ${field} end`;
}
