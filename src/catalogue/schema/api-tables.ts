import { sql } from "drizzle-orm";
import { bigint, date, index, integer, jsonb, pgTable, primaryKey, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { OpenDataFacts } from "../../model/aid/open-data.ts";
import type { ConfirmableBasis, ReuseExclusion } from "../../model/aid/reuse-basis.ts";
import type { ReportedKind, ReportState } from "../../model/publisher/error-report.ts";
import { bytes, byteText, instant } from "./columns.ts";

/** Tables of the read API and open data. Migrations: see `tables.ts`. */

/**
 * Number of an aid in the API: that of Aides-territoires if the aid has one (`siteNumber`), else ours, from 1,000,000 up, never reused.
 * `formerNumber`: ours, if the aid was public before it got the site's. It still finds the aid.
 */
export const aidNumbers = pgTable("aid_numbers", {
  aidId: uuid("aid_id").primaryKey(),
  number: bigint("number", { mode: "number" }).generatedByDefaultAsIdentity({ startWith: 1_000_000 }).notNull().unique(),
  formerNumber: bigint("former_number", { mode: "number" }).unique(),
});

/** All slugs that an aid has ever had, so that old addresses keep working. */
export const aidSlugs = pgTable("aid_slugs", { slug: byteText("slug").primaryKey(), aidId: uuid("aid_id").notNull() }, (table) => [
  index("aid_slugs_by_aid").on(table.aidId),
]);

/**
 * Numbers of backers, programmes and project references in the API, by slug of their name. `name`: as first seen. `number`: ours, from
 * 1,000,000 up, never changed or reused. `siteNumber`: of Aides-territoires, if an adoption has learned it.
 */
export const namedNumbers = pgTable(
  "named_numbers",
  {
    kind: text("kind").$type<"backer" | "program" | "project-reference">().notNull(),
    slug: byteText("slug").notNull(),
    name: text("name").notNull(),
    number: bigint("number", { mode: "number" }).generatedAlwaysAsIdentity({ startWith: 1_000_000 }).notNull().unique(),
    siteNumber: bigint("site_number", { mode: "number" }),
  },
  (table) => [primaryKey({ columns: [table.kind, table.slug] }), unique("named_numbers_of_site").on(table.kind, table.siteNumber)],
);

/**
 * API keys of clients with higher limits. `tokenHash`: SHA-256 of the key, which is shown once. `scope`: `reuse` sees open data, like
 * everybody; `site` also sees aids that are on the site by agreement or without a recorded licence.
 */
export const apiTokens = pgTable("api_tokens", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull(),
  tokenHash: text("token_hash").notNull().unique(),
  scope: text("scope").$type<"reuse" | "site">().notNull(),
  perMinute: integer("per_minute").notNull(),
  by: text("by").notNull(),
  at: instant("at").notNull(),
  usedAt: instant("used_at"),
  revokedBy: text("revoked_by"),
  revokedAt: instant("revoked_at"),
});

/**
 * Legal bases on which the records of a connector go out, each confirmed by a person; at most one per connector is in force. `page`, `seen`:
 * its source, and the day on which somebody read it. `answers`: the exclusions that the person was asked about. `batch`,
 * `revokedBatch`: the places of both acts in the order of changes (`reannounced_aids`).
 */
export const confirmedBases = pgTable(
  "confirmed_bases",
  {
    id: uuid("id").primaryKey(),
    connector: byteText("connector").notNull(),
    basis: text("basis").$type<ConfirmableBasis>().notNull(),
    page: text("page"),
    seen: date("seen", { mode: "string" }),
    answers: jsonb("answers").$type<Readonly<Partial<Record<ReuseExclusion, "no">>>>().notNull(),
    note: text("note"),
    by: text("by").notNull(),
    at: instant("at").notNull(),
    batch: bigint("batch", { mode: "number" }).notNull(),
    revokedBy: text("revoked_by"),
    revokedAt: instant("revoked_at"),
    revokedBecause: text("revoked_because"),
    revokedBatch: bigint("revoked_batch", { mode: "number" }),
  },
  (table) => [uniqueIndex("confirmed_bases_in_force").on(table.connector).where(sql`revoked_at is null`)],
);

/**
 * Aids that clients of the API must read again although no revision of theirs changed: their basis was confirmed or revoked. `batch`: the
 * batch in `applied_plans`; `place`: from 1.
 */
export const reannouncedAids = pgTable(
  "reannounced_aids",
  { batch: bigint("batch", { mode: "number" }).notNull(), place: integer("place").notNull(), aidId: uuid("aid_id").notNull() },
  (table) => [primaryKey({ columns: [table.batch, table.place] }), index("reannounced_aids_by_aid").on(table.aidId)],
);

/** A dump of open data. `finishedAt`: null while it is written and not served. `facts`: counts, omissions, sources. */
export const openDataDumps = pgTable("open_data_dumps", {
  id: uuid("id").primaryKey(),
  startedAt: instant("started_at").notNull(),
  finishedAt: instant("finished_at"),
  facts: jsonb("facts").$type<OpenDataFacts>().notNull(),
});

/** Files of a dump. `bytes`, `sha256`: of the downloaded file. */
export const openDataFiles = pgTable(
  "open_data_files",
  {
    dump: uuid("dump")
      .notNull()
      .references(() => openDataDumps.id, { onDelete: "cascade" }),
    name: byteText("name").notNull(),
    type: text("type").notNull(),
    bytes: bigint("bytes", { mode: "number" }).notNull(),
    sha256: text("sha256").notNull(),
  },
  (table) => [primaryKey({ columns: [table.dump, table.name] })],
);

/** Pieces of a file, each a gzip member. Concatenated, they are the file as gzip. */
export const openDataChunks = pgTable(
  "open_data_chunks",
  {
    dump: uuid("dump")
      .notNull()
      .references(() => openDataDumps.id, { onDelete: "cascade" }),
    name: byteText("name").notNull(),
    seq: integer("seq").notNull(),
    gzipped: bytes("gzipped").notNull(),
  },
  (table) => [primaryKey({ columns: [table.dump, table.name, table.seq] })],
);

/**
 * Answers of our colleagues about doubtful people in texts of aids (`privacy/doubts.ts`). `key`: hash of the doubtful name or address.
 * `text`: its wording; null if it is a person, so that nothing personal is stored here.
 */
export const personAnswers = pgTable("person_answers", {
  key: byteText("key").primaryKey(),
  answer: text("answer").$type<"person" | "service">().notNull(),
  text: text("text"),
  by: text("by").notNull(),
  at: instant("at").notNull(),
});

/**
 * Errors that readers report about aids, without anything about the reader. `text`: as typed, without people. `count`: how often the same
 * report was sent, the last time at `at`. `point`: what the publisher's letter says, once a person has confirmed the report.
 */
export const errorReports = pgTable(
  "error_reports",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    aidId: uuid("aid_id").notNull(),
    kind: text("kind").$type<ReportedKind>().notNull(),
    text: byteText("text").notNull(),
    count: integer("count").notNull(),
    at: instant("at").notNull(),
    state: text("state").$type<ReportState>().notNull(),
    point: text("point"),
    by: text("by"),
  },
  (table) => [unique("error_reports_once").on(table.aidId, table.kind, table.text), index("error_reports_by_state").on(table.state)],
);

/** How often single aids were read in the API, by month. Nothing about who read them. */
export const aidReads = pgTable(
  "aid_reads",
  {
    month: date("month", { mode: "string" }).notNull(),
    aidId: uuid("aid_id").notNull(),
    count: integer("count").notNull(),
  },
  (table) => [primaryKey({ columns: [table.month, table.aidId] })],
);
