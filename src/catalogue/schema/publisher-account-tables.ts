import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { FileProblem } from "../../model/publisher/file-problem.ts";
import { bytes, byteText, instant, linkTable, sessionTable } from "./columns.ts";
import { publishers } from "./partner-tables.ts";

/** Tables of publishers' accounts and uploads. */

/** People of publishers who may sign in. `email`: lower case. `subject`: OpenID Connect issuer and `sub`. */
export const publisherAccounts = pgTable(
  "publisher_accounts",
  {
    id: uuid("id").primaryKey(),
    publisher: uuid("publisher")
      .notNull()
      .references(() => publishers.id, { onDelete: "cascade" }),
    email: byteText("email").notNull().unique(),
    name: text("name").notNull(),
    subject: text("subject").unique(),
    invitedBy: text("invited_by").notNull(),
    invitedAt: instant("invited_at").notNull(),
    seenAt: instant("seen_at"),
    revokedBy: text("revoked_by"),
    revokedAt: instant("revoked_at"),
  },
  (table) => [index("publisher_accounts_by_publisher").on(table.publisher)],
);

/** Sessions of publishers' people. */
export const publisherSessions = sessionTable("publisher_sessions", () => publisherAccounts.id);

/** One-time links of publishers' people: of invitations, and of sign-ins by mail. */
export const publisherLinks = linkTable("publisher_links", () => publisherAccounts.id);

/** Addresses that asked for a link, known or not. A worker sends the links and deletes the rows. */
export const publisherLinkRequests = pgTable("publisher_link_requests", {
  id: uuid("id").primaryKey(),
  email: byteText("email").notNull(),
  at: instant("at").notNull(),
});

/**
 * Files that publishers uploaded, and aids that they entered by form. `kind`: an `entry` is the answers of the form as JSON, its `name` is the
 * title, and its `connector` is null until a worker has found or created it. `content`: null once a worker has taken it. `runId`: the run that
 * reads it. `problem`: why no run reads it. `tries`: how often a worker has begun to take it. `answers`: of an entry that the
 * worker refused, until its author sends it again. `by`: as the author of plans.
 */
export const publisherFiles = pgTable(
  "publisher_files",
  {
    id: uuid("id").primaryKey(),
    publisher: uuid("publisher")
      .notNull()
      .references(() => publishers.id, { onDelete: "cascade" }),
    kind: text("kind").$type<"file" | "entry">().notNull().default("file"),
    connector: byteText("connector"),
    name: text("name").notNull(),
    content: bytes("content"),
    by: text("by").notNull(),
    at: instant("at").notNull(),
    runId: uuid("run_id"),
    problem: text("problem").$type<FileProblem>(),
    tries: integer("tries").notNull().default(0),
    answers: jsonb("answers"),
  },
  (table) => [
    index("publisher_files_by_publisher").on(table.publisher, table.at),
    index("publisher_files_waiting").on(table.at).where(sql`run_id is null and problem is null`),
  ],
);
