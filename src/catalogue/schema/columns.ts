import { type AnyPgColumn, customType, index, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** Text sorted by code point, on any database. */
export const byteText = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });

/** Binary data. */
export const bytes = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });

/** An instant, read as a `Date`. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/**
 * Declares the sessions of one kind of people. Colleagues and publishers' people have tables of their own, so that the public process cannot
 * read those of colleagues. `account`: id of the accounts. `tokenHash`: SHA-256 of the cookie's token, which is not stored. `agent`: user agent
 * of the browser, "" for publishers' people.
 */
export function sessionTable(name: string, account: () => AnyPgColumn) {
  return pgTable(
    name,
    {
      tokenHash: text("token_hash").primaryKey(),
      account: uuid("account").notNull().references(account, { onDelete: "cascade" }),
      way: text("way").$type<"password" | "oidc" | "link">().notNull(),
      agent: text("agent").notNull(),
      createdAt: instant("created_at").notNull(),
      seenAt: instant("seen_at").notNull(),
      expiresAt: instant("expires_at").notNull(),
    },
    (table) => [index(`${name}_by_account`).on(table.account)],
  );
}

/** Declares the one-time links of one kind of people. `purpose`: to sign in, to choose a password, or to give a code after the password. */
export function linkTable(name: string, account: () => AnyPgColumn) {
  return pgTable(
    name,
    {
      tokenHash: text("token_hash").primaryKey(),
      account: uuid("account").notNull().references(account, { onDelete: "cascade" }),
      purpose: text("purpose").$type<"sign-in" | "password" | "second-factor">().notNull(),
      expiresAt: instant("expires_at").notNull(),
    },
    (table) => [index(`${name}_by_account`).on(table.account)],
  );
}
