import { bigint, boolean, date, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { Role } from "../../model/publisher/role.ts";
import type { DeliveryCode } from "../../model/run/digest-delivery.ts";
import type { NotificationKind, NotificationPace } from "../../model/run/notification.ts";
import { bytes, byteText, instant, linkTable, sessionTable } from "./columns.ts";

/** Tables of the console. Migrations: see `tables.ts`. */

/**
 * Users of the console. `email`: lower case. `role`: null until an admin gives one; valid until `roleUntil`. `password`: scrypt hash, null
 * for users of OpenID Connect. `subject`: OpenID Connect `sub`.
 */
export const people = pgTable("people", {
  id: uuid("id").primaryKey(),
  email: byteText("email").notNull().unique(),
  name: text("name").notNull(),
  role: text("role").$type<Role>(),
  roleUntil: date("role_until", { mode: "string" }),
  password: text("password"),
  subject: text("subject").unique(),
  createdAt: instant("created_at").notNull(),
  createdBy: text("created_by").notNull(),
  closedAt: instant("closed_at"),
});

/** Sessions of colleagues. */
export const sessions = sessionTable("sessions", () => people.id);

/** One-time links of colleagues. */
export const signInLinks = linkTable("sign_in_links", () => people.id);

/**
 * Second factors (TOTP). `sealed`: the key of the codes, encrypted under `MOISSON_SECRET`. `lastStep`: the time step of the last used code.
 * `recoveryHashes`: SHA-256 of the unused recovery codes.
 */
export const secondFactors = pgTable("second_factors", {
  person: uuid("person")
    .primaryKey()
    .references(() => people.id, { onDelete: "cascade" }),
  sealed: text("sealed").notNull(),
  lastStep: bigint("last_step", { mode: "number" }).notNull(),
  recoveryHashes: text("recovery_hashes").array().notNull(),
  createdAt: instant("created_at").notNull(),
});

/** Failed sign-in attempts by `email:…` and `address:…`. Too many make the user wait. */
export const signInTries = pgTable("sign_in_tries", { who: byteText("who").notNull(), at: instant("at").notNull() }, (table) => [
  index("sign_in_tries_by_who").on(table.who, table.at),
]);

/**
 * The audit log. A trigger refuses changes, and deletions except by `prune`. `act`: see `Act`. `subject`: the object of the act, as displayed. `step`, `ends`:
 * see `AuditRepository`.
 */
export const audit = pgTable(
  "audit",
  {
    seq: bigint("seq", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    at: instant("at").notNull(),
    person: uuid("person"),
    by: text("by").notNull(),
    act: byteText("act").notNull(),
    subject: text("subject"),
    details: jsonb("details").notNull(),
    step: text("step", { enum: ["begun", "done", "nothing"] }),
    ends: bigint("ends", { mode: "number" }),
  },
  (table) => [
    index("audit_by_subject").on(table.subject, table.seq),
    index("audit_by_person").on(table.person, table.seq),
    index("audit_ends").on(table.ends),
    // Rows are stored in the order of time, so a small BRIN index is enough.
    index("audit_by_time").using("brin", table.at),
  ],
);

/** People who have an aid open in the console. */
export const aidVisits = pgTable(
  "aid_visits",
  { aidId: uuid("aid_id").notNull(), person: uuid("person").notNull(), seenAt: instant("seen_at").notNull() },
  (table) => [primaryKey({ columns: [table.aidId, table.person] })],
);

/** Who decides an item of the queue of proposals. `item`: a key of `aid_search.changes`, or the id of an aid. Deleted after 30 days. */
export const reviewAssignments = pgTable("review_assignments", {
  item: byteText("item").primaryKey(),
  person: uuid("person")
    .notNull()
    .references(() => people.id, { onDelete: "cascade" }),
  at: instant("at").notNull(),
});

/** When people want mail about a kind of decision. Without a row: `usualPace`. `at`: when they chose. */
export const notificationChoices = pgTable(
  "notification_choices",
  {
    person: uuid("person")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    kind: byteText("kind").$type<NotificationKind>().notNull(),
    pace: text("pace").$type<NotificationPace>().notNull(),
    at: instant("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.person, table.kind] })],
);

/**
 * Decisions that people have been notified of. `item`: key of the decision. `goneAt`: since when it no longer waits; rows are deleted an hour
 * later, so that the same cause is notified again another day.
 */
export const notifiedDecisions = pgTable(
  "notified_decisions",
  {
    person: uuid("person")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    item: byteText("item").notNull(),
    goneAt: instant("gone_at"),
  },
  (table) => [primaryKey({ columns: [table.person, table.item] })],
);

/**
 * Delivery of notifications. `dailyFor`: the last time of the digest for which daily ones were sent, or there were none. `tries`: attempts
 * since the last success, with the time of the last one and why it failed.
 */
export const notificationDeliveries = pgTable("notification_deliveries", {
  person: uuid("person")
    .primaryKey()
    .references(() => people.id, { onDelete: "cascade" }),
  dailyFor: instant("daily_for"),
  tries: integer("tries").notNull().default(0),
  triedAt: instant("tried_at"),
  failure: text("failure").$type<DeliveryCode>(),
});

/**
 * Editions of the official lists of territories. Each belongs to the plan that takes it. In use is the edition of the plan that was applied
 * last and is not undone; without one, that of the installed package. `packed`: see `PackedEdition`.
 */
export const territoryEditions = pgTable("territory_editions", {
  planId: uuid("plan_id").primaryKey(),
  name: text("name").notNull(),
  stamp: text("stamp").notNull(),
  packed: bytes("packed").notNull(),
});

/**
 * Versions of connectors edited by people; the newest counts. `definition`: the whole definition of a connector without a file, otherwise
 * null. `changes`: values that override the file, by key of the definition and by name of the field. `terms`: vocabulary, publisher's word
 * and our terms, which override the term files.
 */
export const connectorVersions = pgTable(
  "connector_versions",
  {
    connector: byteText("connector").notNull(),
    version: integer("version").notNull(),
    definition: jsonb("definition"),
    changes: jsonb("changes").notNull(),
    terms: jsonb("terms").notNull(),
    why: text("why").notNull(),
    by: text("by").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.connector, table.version] })],
);

/** Keys and passwords for publishers' servers, encrypted with `MOISSON_SECRET`. */
export const storedSecrets = pgTable("stored_secrets", {
  name: byteText("name").primaryKey(),
  sealed: text("sealed").notNull(),
  by: text("by").notNull(),
  at: instant("at").notNull(),
});

/**
 * Connectors in preparation. `answers`: by step of the wizard. `upload`: hash of the snapshot with the sample. `revision`: prevents
 * overwriting a concurrent save. `connector`: the connector it became.
 */
export const drafts = pgTable("drafts", {
  id: uuid("id").primaryKey(),
  title: text("title").notNull(),
  answers: jsonb("answers").notNull(),
  upload: text("upload"),
  revision: integer("revision").notNull(),
  connector: byteText("connector"),
  createdBy: text("created_by").notNull(),
  createdAt: instant("created_at").notNull(),
  updatedBy: text("updated_by").notNull(),
  updatedAt: instant("updated_at").notNull(),
});

/**
 * Letters to publishers about their data that day, at a revocable address. `kind`: `errors`, or `courtesy` for the letter that precedes the
 * publication of aids from a site. `sentTo`: recipients. `isUncertain`: delivery is unknown.
 * `rereadRun`: the last run that the publisher requested on the letter's page.
 */
export const letters = pgTable(
  "letters",
  {
    id: uuid("id").primaryKey(),
    connector: byteText("connector").notNull(),
    runId: uuid("run_id").notNull(),
    kind: text("kind").$type<"errors" | "courtesy">().notNull().default("errors"),
    tokenHash: text("token_hash").notNull().unique(),
    content: jsonb("content").notNull(),
    by: text("by").notNull(),
    at: instant("at").notNull(),
    revokedBy: text("revoked_by"),
    revokedAt: instant("revoked_at"),
    sentAt: instant("sent_at"),
    sentBy: text("sent_by"),
    sentTo: text("sent_to"),
    isUncertain: boolean("is_uncertain").notNull().default(false),
    rereadRun: uuid("reread_run"),
    rereadAt: instant("reread_at"),
  },
  (table) => [index("letters_by_connector").on(table.connector, table.at)],
);
