import { type SQL, sql } from "drizzle-orm";

/** Returns SQL for a column of instants as ISO text, `2026-11-25T02:14:00.000Z`. */
export function isoInstant(column: SQL): SQL {
  return sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
