import { sql } from "drizzle-orm";
import { bigint, boolean, customType, date, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { PublisherStage } from "../../model/publisher/publisher-stage.ts";

/** Tables of publishers as partners: who they are, what was said with them, what they were shown and answered. Migrations: see `tables.ts`. */

const byteText = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/**
 * Publishers, also those that publish nothing yet. `seed`: what it was listed from (`region:11`, `connector:ademe-agir`), so that listing again finds it; null where a person
 * added it. `kind`: as connectors have it. `territory`: `scale:code`. `licence`: of the agreement, as in `importShareLicence`; `agreedBy`: who said yes there.
 * `personInCharge`: of ours. `revision`: a second save never overwrites the first.
 */
export const publishers = pgTable(
  "publishers",
  {
    id: uuid("id").primaryKey(),
    seed: byteText("seed").unique(),
    name: text("name").notNull(),
    siren: text("siren"),
    kind: text("kind").notNull(),
    territory: byteText("territory"),
    website: text("website"),
    stage: text("stage").$type<PublisherStage>().notNull(),
    stageSince: instant("stage_since").notNull(),
    licence: text("licence"),
    agreedOn: date("agreed_on", { mode: "string" }),
    agreedBy: text("agreed_by"),
    agreementDocument: text("agreement_document"),
    personInCharge: uuid("person_in_charge"),
    nextAction: text("next_action"),
    nextActionOn: date("next_action_on", { mode: "string" }),
    revision: integer("revision").notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: instant("created_at").notNull(),
    updatedBy: text("updated_by").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [index("publishers_by_territory").on(table.territory), index("publishers_by_next_action").on(table.nextActionOn)],
);

/** Whose connectors are. */
export const publisherConnectors = pgTable(
  "publisher_connectors",
  {
    connector: byteText("connector").primaryKey(),
    publisher: uuid("publisher")
      .notNull()
      .references(() => publishers.id, { onDelete: "cascade" }),
  },
  (table) => [index("publisher_connectors_by_publisher").on(table.publisher)],
);

/** Drafts of the wizard that were begun for a publisher. */
export const publisherDrafts = pgTable("publisher_drafts", {
  draft: uuid("draft").primaryKey(),
  publisher: uuid("publisher")
    .notNull()
    .references(() => publishers.id, { onDelete: "cascade" }),
});

/** People at a publisher's. `getsLetters`: whom letters are written to. */
export const publisherContacts = pgTable(
  "publisher_contacts",
  {
    id: uuid("id").primaryKey(),
    publisher: uuid("publisher")
      .notNull()
      .references(() => publishers.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    role: text("role"),
    email: text("email"),
    phone: text("phone"),
    note: text("note"),
    getsLetters: boolean("gets_letters").notNull().default(false),
    by: text("by").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [index("publisher_contacts_by_publisher").on(table.publisher)],
);

/**
 * The log of a publisher: what was said with it and what became of it, written by persons and by what they do. `at`: when it happened; `kind`: see `ExchangeKind`;
 * `text`: what a person wrote; `details`: of what was done (stages, a letter's id, a connector), never personal data; `by`: who wrote it, or `Moisson`, or `producteur`.
 */
export const exchanges = pgTable(
  "exchanges",
  {
    seq: bigint("seq", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    publisher: uuid("publisher")
      .notNull()
      .references(() => publishers.id, { onDelete: "cascade" }),
    at: instant("at").notNull(),
    kind: text("kind").notNull(),
    text: text("text"),
    details: jsonb("details").notNull().default({}),
    by: text("by").notNull(),
  },
  (table) => [index("exchanges_by_publisher").on(table.publisher, table.at), index("exchanges_by_kind").on(table.kind, table.at)],
);

/** Previews of drafts at addresses that can be revoked: `content` as it was shared. */
export const sharedPreviews = pgTable(
  "shared_previews",
  {
    id: uuid("id").primaryKey(),
    draft: uuid("draft").notNull(),
    publisher: uuid("publisher"),
    tokenHash: text("token_hash").notNull().unique(),
    content: jsonb("content").notNull(),
    by: text("by").notNull(),
    at: instant("at").notNull(),
    until: instant("until").notNull(),
    seenAt: instant("seen_at"),
    revokedBy: text("revoked_by"),
    revokedAt: instant("revoked_at"),
  },
  (table) => [index("shared_previews_by_draft").on(table.draft, table.at)],
);

/**
 * What publishers answer to letters, one row an answer; the last to a fault counts. `code`, `field`: of the fault, both null: of the letter as a whole. `answer`: `corrected`,
 * `intended`, `planned` (for `plannedFor`), null: a remark alone.
 */
export const letterAnswers = pgTable(
  "letter_answers",
  {
    seq: bigint("seq", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    letter: uuid("letter").notNull(),
    code: text("code"),
    field: text("field"),
    answer: text("answer").$type<"corrected" | "intended" | "planned">(),
    plannedFor: date("planned_for", { mode: "string" }),
    remark: text("remark"),
    at: instant("at").notNull(),
  },
  (table) => [
    index("letter_answers_by_letter").on(table.letter, table.seq),
    index("letter_answers_planned").on(table.plannedFor).where(sql`planned_for is not null`),
  ],
);

/** What was searched in the API and not found, by month: how often. No word that shows a person, and nothing of who asked. */
export const searchMisses = pgTable(
  "search_misses",
  {
    month: date("month", { mode: "string" }).notNull(),
    keyword: byteText("keyword").notNull(),
    territory: byteText("territory").notNull(),
    category: byteText("category").notNull(),
    count: integer("count").notNull(),
  },
  (table) => [primaryKey({ columns: [table.month, table.keyword, table.territory, table.category] })],
);
