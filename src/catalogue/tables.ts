import {
  bigint,
  boolean,
  customType,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { PlanState } from "../aid/plan.ts";
import type { Outcome } from "../aid/run-error.ts";

/**
 * Every table of the catalogue. SQL names no schema: the connection's search_path does. After a change here:
 * `npx drizzle-kit generate --dialect postgresql --schema src/catalogue/tables.ts --out src/catalogue/migrations --name <what>`,
 * then take `"public".` out of what it wrote. What drizzle cannot say (UNLOGGED, storage of long values) stands in the migrations.
 */

/** Text sorted by code point, on PGlite as on any server. */
const byteText = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });
const bytes = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** What a connector has done so far. `fence`: its fencing token, increased by every run. */
export const connectors = pgTable("connectors", {
  id: byteText("id").primaryKey(),
  fence: bigint("fence", { mode: "number" }).notNull().default(0),
  lastAppliedRun: uuid("last_applied_run"),
});

/** One execution of one connector. `staging`: it may have rows in `staged_aids`. */
export const runs = pgTable(
  "runs",
  {
    id: uuid("id").primaryKey(),
    connector: byteText("connector").notNull(),
    token: bigint("token", { mode: "number" }).notNull(),
    state: text("state").$type<"running" | "ended">().notNull(),
    outcome: text("outcome").$type<Outcome>(),
    startedAt: instant("started_at").notNull(),
    endedAt: instant("ended_at"),
    snapshotHash: text("snapshot_hash"),
    etag: text("etag"),
    lastModified: text("last_modified"),
    mappingFingerprint: text("mapping_fingerprint").notNull(),
    options: jsonb("options").notNull(),
    report: jsonb("report"),
    staging: boolean("staging").notNull(),
  },
  (table) => [index("runs_by_connector").on(table.connector, table.startedAt)],
);

/** A feed as received. One part: `hash` is its SHA-256; several: SHA-256 of the parts' hexadecimal hashes joined. */
export const snapshots = pgTable("snapshots", {
  hash: text("hash").primaryKey(),
  parts: jsonb("parts").notNull(),
  bytes: bigint("bytes", { mode: "number" }).notNull(),
  storedAt: instant("stored_at").notNull(),
});

/** A piece of a part, compressed with brotli, at most 1 MB. */
export const snapshotChunks = pgTable(
  "snapshot_chunks",
  {
    hash: text("hash")
      .notNull()
      .references(() => snapshots.hash, { onDelete: "cascade" }),
    part: integer("part").notNull(),
    seq: integer("seq").notNull(),
    compressed: bytes("compressed").notNull(),
  },
  (table) => [primaryKey({ columns: [table.hash, table.part, table.seq] })],
);

function stagedColumns() {
  return {
    runId: uuid("run_id").notNull(),
    externalId: byteText("external_id").notNull(),
    aidId: uuid("aid_id").notNull(),
    locator: text("locator").notNull(),
    recordHash: text("record_hash").notNull(),
    fingerprint: text("fingerprint").notNull(),
    content: jsonb("content").notNull(),
    memo: jsonb("memo").notNull(),
  };
}

/** Valid aids of runs in progress. UNLOGGED: a crash of the database loses only runs that are lost anyway. */
export const stagedAids = pgTable("staged_aids", stagedColumns(), (table) => [primaryKey({ columns: [table.runId, table.externalId] })]);

/** Staged aids of plans that wait for a person: logged, they outlive the run. */
export const plannedAids = pgTable("planned_aids", stagedColumns(), (table) => [primaryKey({ columns: [table.runId, table.externalId] })]);

/** Records that were received and cannot be kept, whole, with the reasons. */
export const rejectedRecords = pgTable(
  "rejected_records",
  {
    id: bigint("id", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    runId: uuid("run_id").notNull(),
    locator: text("locator").notNull(),
    externalId: text("external_id"),
    record: jsonb("record"),
    reasons: jsonb("reasons").notNull(),
  },
  (table) => [index("rejected_records_by_run").on(table.runId, table.id)],
);

/** What a run would do, or did. `complete` is false while it is being made: such a plan is neither shown nor applied. */
export const plans = pgTable(
  "plans",
  {
    id: uuid("id").primaryKey(),
    runId: uuid("run_id").notNull(),
    connector: byteText("connector").notNull(),
    state: text("state").$type<PlanState>().notNull(),
    complete: boolean("complete").notNull().default(false),
    counts: jsonb("counts"),
    guards: jsonb("guards").notNull().default([]),
    createdAt: instant("created_at").notNull(),
    appliedAt: instant("applied_at"),
    appliedBy: text("applied_by"),
  },
  (table) => [index("plans_by_connector").on(table.connector, table.createdAt), index("plans_by_run").on(table.runId)],
);

/** One aid's part of a plan. No foreign keys here, on `aids` and on `staged_aids`: checking one per row costs a fifth of a first import. */
export const changes = pgTable(
  "changes",
  {
    planId: uuid("plan_id").notNull(),
    aidId: uuid("aid_id").notNull(),
    externalId: byteText("external_id").notNull(),
    kind: text("kind").notNull(),
    baseRevision: integer("base_revision").notNull(),
    fields: jsonb("fields").notNull(),
  },
  (table) => [primaryKey({ columns: [table.planId, table.aidId] })],
);

/**
 * The aids. `imported`: what the publisher last said, filled fields only; `edits`: what persons corrected, laid over it;
 * `fingerprint`: of the content that was last received; `recordHash`: of the record it came from; `memo`: what mapping gave beside.
 */
export const aids = pgTable(
  "aids",
  {
    aidId: uuid("aid_id").primaryKey(),
    connector: byteText("connector").notNull(),
    externalId: byteText("external_id").notNull(),
    revision: integer("revision").notNull(),
    status: text("status").notNull(),
    withdrawnAt: date("withdrawn_at", { mode: "string" }),
    fingerprint: text("fingerprint").notNull(),
    recordHash: text("record_hash"),
    imported: jsonb("imported").notNull(),
    edits: jsonb("edits").notNull().default({}),
    memo: jsonb("memo").notNull(),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [
    unique("aids_by_external_id").on(table.connector, table.externalId),
    index("aids_by_record_hash").on(table.recordHash, table.connector),
  ],
);

/** What became of an aid, revision by revision. */
export const aidHistory = pgTable(
  "aid_history",
  {
    aidId: uuid("aid_id").notNull(),
    revision: integer("revision").notNull(),
    at: instant("at").notNull(),
    runId: uuid("run_id"),
    planId: uuid("plan_id"),
    kind: text("kind").notNull(),
    fields: jsonb("fields").notNull(),
  },
  (table) => [primaryKey({ columns: [table.aidId, table.revision] })],
);
