import { customType, timestamp } from "drizzle-orm/pg-core";

/** Text sorted by code point, on any database. */
export const byteText = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });

/** Binary data. */
export const bytes = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });

/** An instant, read as a `Date`. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
