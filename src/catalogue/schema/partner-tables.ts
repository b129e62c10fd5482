import { sql } from "drizzle-orm";
import { bigint, boolean, date, index, integer, jsonb, pgTable, primaryKey, real, text, uuid } from "drizzle-orm/pg-core";
import type { CorrectionPolicy } from "../../model/publisher/correction-policy.ts";
import type { LeadReason, LeadState } from "../../model/publisher/feed-lead.ts";
import type { PointAnswer } from "../../model/publisher/letter-answer.ts";
import type { PeoplePolicy } from "../../model/publisher/people-policy.ts";
import type { RequestKind } from "../../model/publisher/publisher-request.ts";
import type { ExchangeKind, PublisherStage } from "../../model/publisher/publisher-stage.ts";
import { bytes, byteText, instant } from "./columns.ts";

/** Tables of publishers as partners. Migrations: see `tables.ts`. */

/**
 * Publishers, including those that publish nothing yet. `seed`: source of a listed publisher (`region:11`, `connector:ademe-agir`), null if
 * a person added it. `kind`: as in connectors. `territory`: `scale:code`. `licence`: agreed licence, as in `importShareLicence`;
 * `agreedBy`: who agreed at the publisher. `personInCharge`: one of us. `corrections`: what happens to corrections by its people. `revision`:
 * prevents overwriting a concurrent save.
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
    corrections: text("corrections").$type<CorrectionPolicy>().notNull().default("proposal"),
    revision: integer("revision").notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: instant("created_at").notNull(),
    updatedBy: text("updated_by").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [index("publishers_by_territory").on(table.territory), index("publishers_by_next_action").on(table.nextActionOn)],
);

/** The publisher of each connector. */
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

/**
 * Policies of publishers for people's data (`model/publisher/people-policy.ts`), who recorded them and why. The last one of a publisher is in
 * force.
 */
export const peoplePolicies = pgTable(
  "people_policies",
  {
    seq: bigint("seq", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    publisher: uuid("publisher")
      .notNull()
      .references(() => publishers.id, { onDelete: "cascade" }),
    policy: text("policy").$type<PeoplePolicy>().notNull(),
    why: text("why").notNull(),
    by: text("by").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [index("people_policies_by_publisher").on(table.publisher)],
);

/** Drafts begun for a publisher. */
export const publisherDrafts = pgTable("publisher_drafts", {
  draft: uuid("draft").primaryKey(),
  publisher: uuid("publisher")
    .notNull()
    .references(() => publishers.id, { onDelete: "cascade" }),
});

/** Contacts at publishers. `getsLetters`: receives letters. */
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
 * The log of exchanges with a publisher. `at`: when it happened. `kind`: see `ExchangeKind`. `text`: written by a person. `details`:
 * stages, letter ids, connectors; never personal data. `by`: the author, or `Moisson`, or `producteur`.
 */
export const exchanges = pgTable(
  "exchanges",
  {
    seq: bigint("seq", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    publisher: uuid("publisher")
      .notNull()
      .references(() => publishers.id, { onDelete: "cascade" }),
    at: instant("at").notNull(),
    kind: text("kind").$type<ExchangeKind>().notNull(),
    text: text("text"),
    details: jsonb("details").$type<Readonly<Record<string, unknown>>>().notNull().default({}),
    by: text("by").notNull(),
  },
  (table) => [index("exchanges_by_publisher").on(table.publisher, table.at), index("exchanges_by_kind").on(table.kind, table.at)],
);

/** Previews of drafts at revocable addresses. `content`: as it was shared. */
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
 * Publishers' answers to letters; the last one to a point counts. `code`, `field`: the point, both null for the whole letter. `answer`:
 * `corrected`, `intended`, `planned` (for `plannedFor`), or null for a remark only.
 */
export const letterAnswers = pgTable(
  "letter_answers",
  {
    seq: bigint("seq", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    letter: uuid("letter").notNull(),
    code: text("code"),
    field: text("field"),
    answer: text("answer").$type<PointAnswer>(),
    plannedFor: date("planned_for", { mode: "string" }),
    remark: text("remark"),
    at: instant("at").notNull(),
  },
  (table) => [
    index("letter_answers_by_letter").on(table.letter, table.seq),
    index("letter_answers_planned").on(table.plannedFor).where(sql`planned_for is not null`),
  ],
);

/**
 * What publishers asked in answer to a courtesy letter, for good: the correction or removal of an aid (`externalId`, `title`), or that we stop
 * reading their site (`hosts`). `by`: `producteur`, or the colleague who noted it. `handledAt`, `planId`: when a worker honoured it, and by
 * which plan. A stop is in force until a colleague ends it (`ended…`), because the publisher has changed its mind.
 */
export const publisherRequests = pgTable(
  "publisher_requests",
  {
    id: uuid("id").primaryKey(),
    letter: uuid("letter"),
    connector: byteText("connector").notNull(),
    kind: text("kind").$type<RequestKind>().notNull(),
    externalId: byteText("external_id"),
    title: text("title"),
    hosts: text("hosts").array().notNull().default(sql`'{}'`),
    remark: text("remark"),
    by: text("by").notNull(),
    at: instant("at").notNull(),
    handledAt: instant("handled_at"),
    planId: uuid("plan_id"),
    endedAt: instant("ended_at"),
    endedBy: text("ended_by"),
    endedWhy: text("ended_why"),
  },
  (table) => [
    index("publisher_requests_by_letter").on(table.letter, table.at),
    index("publisher_requests_by_connector").on(table.connector, table.at),
    index("publisher_requests_waiting").on(table.at).where(sql`handled_at is null and kind <> 'correction'`),
    index("publisher_requests_refused").on(table.at).where(sql`kind = 'stop' and ended_at is null`),
  ],
);

/**
 * The aids of a publisher as a file in the national schema, which it may validate as its open data. `slug`: name in the daily address.
 * `zip`: the file with a README and a how-to. `leftOut`: number of aids that the schema cannot represent, by reason. `validatedBy`,
 * `validatedAs`: the person of the publisher and its function. Nothing is served at the daily address before `validatedAt`, nor after
 * `revokedAt`.
 */
export const openDataOffers = pgTable("open_data_offers", {
  publisher: uuid("publisher")
    .primaryKey()
    .references(() => publishers.id, { onDelete: "cascade" }),
  slug: byteText("slug").notNull().unique(),
  csv: bytes("csv").notNull(),
  zip: bytes("zip").notNull(),
  sha256: text("sha256").notNull(),
  aids: integer("aids").notNull(),
  leftOut: jsonb("left_out").$type<Readonly<Record<string, number>>>().notNull(),
  madeAt: instant("made_at").notNull(),
  changedAt: instant("changed_at").notNull(),
  offeredBy: text("offered_by").notNull(),
  offeredAt: instant("offered_at").notNull(),
  validatedBy: text("validated_by"),
  validatedAs: text("validated_as"),
  validatedAt: instant("validated_at"),
  revokedBy: text("revoked_by"),
  revokedAt: instant("revoked_at"),
});

/** Searches in the API without results, counted by month. Contains no words about people, and nothing about who searched. */
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

/**
 * Daily figures of how far the aids of each connector have come (`model/aid/funnel.ts`). A day without a row has the figures of the last row
 * before it.
 */
export const funnelDays = pgTable(
  "funnel_days",
  {
    connector: byteText("connector").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    received: integer("received").notNull(),
    valid: integer("valid").notNull(),
    held: integer("held").notNull(),
    publishable: integer("publishable").notNull(),
    fullyDescribed: integer("fully_described").notNull().default(0),
    published: integer("published").notNull(),
    open: integer("open").notNull(),
  },
  (table) => [primaryKey({ columns: [table.connector, table.day] })],
);

/**
 * Feeds that the radar has found in open-data catalogues and on sites. `catalogue`: host where it was found. `kind`, `certainty`, `evidence`:
 * verdict about a sample (`survey/read/file-verdict.ts`); null until the sample is read. `problem`: why the sample was not read.
 * `state`: `open` or `refused`; `why`: reason of a refusal.
 */
export const feedLeads = pgTable("feed_leads", {
  id: uuid("id").primaryKey(),
  address: byteText("address").notNull().unique(),
  title: text("title").notNull(),
  publisher: text("publisher").notNull(),
  page: byteText("page"),
  catalogue: byteText("catalogue").notNull(),
  reasons: jsonb("reasons").$type<readonly LeadReason[]>().notNull(),
  kind: text("kind"),
  certainty: real("certainty"),
  evidence: jsonb("evidence"),
  problem: text("problem"),
  sampledAt: instant("sampled_at"),
  foundAt: instant("found_at").notNull(),
  seenAt: instant("seen_at").notNull(),
  state: text("state").$type<LeadState>().notNull(),
  why: text("why"),
  decidedBy: text("decided_by"),
  decidedAt: instant("decided_at"),
});
