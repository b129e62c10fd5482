import { sql } from "drizzle-orm";
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
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { PlanOrigin, PlanState } from "../../model/plan/plan.ts";
import type { Outcome } from "../../model/run/run-error.ts";

/**
 * Every table of the catalogue. SQL names no schema: the connection's search_path does. After a change here:
 * `npx drizzle-kit generate --dialect postgresql --schema 'src/catalogue/*tables.ts' --out src/catalogue/schema/migrations --name <what>`,
 * then take `"public".` out of what it wrote. What drizzle cannot say (UNLOGGED, storage of long values) stands in the migrations.
 */

/** Text sorted by code point, on PGlite as on any server. */
const byteText = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });
const bytes = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/**
 * What a connector has done so far. `fence`: its fencing token, increased by every run. `mustRead`: the catalogue is no longer what the last applied
 * feed made it (a run was undone, an aid was restored), so the next feed is read though it has not changed.
 */
export const connectors = pgTable("connectors", {
  id: byteText("id").primaryKey(),
  fence: bigint("fence", { mode: "number" }).notNull().default(0),
  lastAppliedRun: uuid("last_applied_run"),
  mustRead: boolean("must_read").notNull().default(false),
});

/**
 * One execution of one connector, from the moment it is asked for. `queued`: it waits for its turn (`startedAt` is when it was asked for, its token 0),
 * not before `notBefore`; a connector has one such run for each way of asking. `askedBy`: a person, or `schedule`. `try`: 1, or more where it runs again what
 * run `triesAgain` did not bring to an end. `worker` is who runs it, `heardAt` when that worker was last heard of, by the clock of the database;
 * `fetchingFrom`: the host that it is fetching from now, which no other run does meanwhile. `staging`: it may have rows in `staged_aids`. `appliedAt`:
 * its plan was written in whole, or there was nothing to write; `countsAbsence`: it read a complete feed, so that what it did not bring was not in it.
 */
export const runs = pgTable(
  "runs",
  {
    id: uuid("id").primaryKey(),
    connector: byteText("connector").notNull(),
    token: bigint("token", { mode: "number" }).notNull(),
    state: text("state").$type<"queued" | "running" | "ended">().notNull(),
    outcome: text("outcome").$type<Outcome>(),
    askedAt: instant("asked_at"),
    askedBy: text("asked_by"),
    try: integer("try").notNull().default(1),
    triesAgain: uuid("tries_again"),
    notBefore: instant("not_before"),
    worker: text("worker"),
    heardAt: instant("heard_at"),
    fetchingFrom: text("fetching_from"),
    progress: jsonb("progress"),
    cancelAskedBy: text("cancel_asked_by"),
    startedAt: instant("started_at").notNull(),
    endedAt: instant("ended_at"),
    snapshotHash: text("snapshot_hash"),
    etag: text("etag"),
    lastModified: text("last_modified"),
    mappingFingerprint: text("mapping_fingerprint").notNull(),
    options: jsonb("options").notNull(),
    report: jsonb("report"),
    staging: boolean("staging").notNull(),
    countsAbsence: boolean("counts_absence").notNull().default(false),
    appliedAt: instant("applied_at"),
    appliedBy: text("applied_by"),
    undoneAt: instant("undone_at"),
    undoneBy: text("undone_by"),
  },
  (table) => [
    index("runs_by_connector").on(table.connector, table.startedAt),
    index("runs_by_time").on(table.startedAt),
    uniqueIndex("runs_queued_once").on(table.connector, sql`(options::text)`).where(sql`state = 'queued'`),
    index("runs_going_on").on(table.state).where(sql`state <> 'ended'`),
    uniqueIndex("runs_tried_again_once").on(table.triesAgain),
  ],
);

/** Connectors whose schedule is stopped, and `*` where nothing at all is to run. */
export const pauses = pgTable("pauses", {
  connector: byteText("connector").primaryKey(),
  by: text("by").notNull(),
  at: instant("at").notNull(),
  reason: text("reason"),
});

/** What is done at set times (a connector's run by its id, `digest`…): the last time that was seen to. Who writes it first does it. */
export const dueTimes = pgTable("due_times", { name: byteText("name").primaryKey(), doneFor: instant("done_for").notNull() });

/** Hosts that are asked for feeds and pages: not before when they may be asked again, because they said so or because we keep a pace. */
export const hosts = pgTable("hosts", { host: byteText("host").primaryKey(), notBefore: instant("not_before").notNull() });

/** Morning pages: what period each is about, what it says, and when it reached somebody. `failures`: ways of sending that failed, with why. */
export const digests = pgTable("digests", {
  id: uuid("id").primaryKey(),
  since: instant("since").notNull(),
  until: instant("until").notNull(),
  content: jsonb("content").notNull(),
  deliveredAt: instant("delivered_at"),
  tries: integer("tries").notNull().default(0),
  failures: jsonb("failures").notNull().default([]),
});

/** Links of live aids, as last seen. `firstFailedAt`: of the failures in a row; null where the last answer was good or says nothing. */
export const links = pgTable(
  "links",
  {
    url: byteText("url").primaryKey(),
    host: byteText("host").notNull(),
    state: text("state").$type<"unchecked" | "alive" | "to-check" | "failing" | "dead">().notNull(),
    checkedAt: instant("checked_at"),
    firstFailedAt: instant("first_failed_at"),
    status: integer("status"),
    reason: text("reason"),
  },
  (table) => [index("links_by_checked").on(table.checkedAt)],
);

/** What may not come back: keyed traces (HMAC) of people's names, addresses and numbers that were forgotten. The words themselves are nowhere. */
export const forgotten = pgTable("forgotten", {
  trace: text("trace").primaryKey(),
  kind: text("kind").$type<"name" | "email" | "phone">().notNull(),
  at: instant("at").notNull(),
  by: text("by").notNull(),
});

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

/**
 * What a run or a person would do, or did. `complete` is false while it is being made: such a plan is neither shown nor applied. `waits`: for a person, whatever becomes of the run that made it. `runId`: the run that
 * made it, or that it undoes; `connector`: null where a person's filter reaches over several. `asked`: what the person asked for, to be shown.
 */
export const plans = pgTable(
  "plans",
  {
    id: uuid("id").primaryKey(),
    origin: text("origin").$type<PlanOrigin>().notNull().default("run"),
    runId: uuid("run_id"),
    connector: byteText("connector"),
    madeBy: text("made_by"),
    asked: jsonb("asked"),
    state: text("state").$type<PlanState>().notNull(),
    complete: boolean("complete").notNull().default(false),
    waits: boolean("waits").notNull().default(false),
    counts: jsonb("counts"),
    guards: jsonb("guards").notNull().default([]),
    warnings: jsonb("warnings").notNull().default([]),
    createdAt: instant("created_at").notNull(),
    appliedAt: instant("applied_at"),
    appliedBy: text("applied_by"),
    closedAt: instant("closed_at"),
    closedBy: text("closed_by"),
    note: text("note"),
    undoneBy: uuid("undone_by"),
  },
  (table) => [index("plans_by_connector").on(table.connector, table.createdAt), index("plans_by_run").on(table.runId)],
);

/**
 * One aid's part of a plan. `state`, `match`, `note`: see `Change`. `part`: which part of the plan it was applied with, where the plan is applied in parts;
 * fields of a change that are applied before the others become a row of their own, `slice` above 0. No foreign keys here, on `aids` and on `staged_aids`: checking one per row costs a fifth of a first import.
 */
export const changes = pgTable(
  "changes",
  {
    planId: uuid("plan_id").notNull(),
    aidId: uuid("aid_id").notNull(),
    externalId: byteText("external_id").notNull(),
    kind: text("kind").notNull(),
    baseRevision: integer("base_revision").notNull(),
    fields: jsonb("fields").notNull(),
    state: jsonb("state"),
    match: jsonb("match"),
    note: text("note"),
    part: integer("part"),
    slice: integer("slice").notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.planId, table.aidId, table.slice] })],
);

/** What a plan says of aids and does nothing about. */
export const planRemarks = pgTable(
  "plan_remarks",
  {
    id: bigint("id", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    planId: uuid("plan_id").notNull(),
    code: text("code").notNull(),
    aidId: uuid("aid_id"),
    externalId: byteText("external_id"),
    params: jsonb("params").notNull(),
  },
  (table) => [index("plan_remarks_by_plan").on(table.planId, table.id)],
);

/** Aids that a plan's feed did not bring, on their way to be counted as absent when it is applied. */
export const plannedAbsences = pgTable(
  "planned_absences",
  { planId: uuid("plan_id").notNull(), aidId: uuid("aid_id").notNull() },
  (table) => [primaryKey({ columns: [table.planId, table.aidId] })],
);

/**
 * Aids that were not in the last applied complete feeds of their connector: since which run. `endedRun`: the run that brought them back, kept so that
 * undoing it makes them absent again.
 */
export const absences = pgTable(
  "absences",
  {
    aidId: uuid("aid_id").primaryKey(),
    connector: byteText("connector").notNull(),
    sinceRun: uuid("since_run").notNull(),
    sinceToken: bigint("since_token", { mode: "number" }).notNull(),
    sinceAt: instant("since_at").notNull(),
    endedRun: uuid("ended_run"),
  },
  (table) => [index("absences_by_connector").on(table.connector)],
);

/**
 * The aids. `imported`: what the publisher last said, filled fields only; over it lies what is `kept` of what it said before, over that the `edits` of
 * persons; `proposals`: changes of the publisher's that wait for a curator. `siteUrl`: address of the aid on the site, where it was taken over from it.
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
    withdrawnBy: text("withdrawn_by"),
    mergedInto: uuid("merged_into"),
    watch: jsonb("watch"),
    siteUrl: text("site_url"),
    fingerprint: text("fingerprint").notNull(),
    recordHash: text("record_hash"),
    imported: jsonb("imported").notNull(),
    kept: jsonb("kept").notNull().default({}),
    edits: jsonb("edits").notNull().default({}),
    proposals: jsonb("proposals").notNull().default({}),
    memo: jsonb("memo").notNull(),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [
    unique("aids_by_external_id").on(table.connector, table.externalId),
    index("aids_by_record_hash").on(table.recordHash, table.connector),
    // Whether a publisher sends back what is ours already: asked by every run that creates an aid.
    index("aids_by_site_url").on(table.siteUrl).where(sql`site_url is not null`),
    index("aids_on_site").on(table.connector).where(sql`status = 'published' and withdrawn_at is null`),
    index("aids_by_universal_id").on(table.externalId).where(sql`external_id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'`),
  ],
);

/** What became of an aid, revision by revision. `seq`: order over all aids; `before`: the `AidState` that the revision changed, for undo. */
export const aidHistory = pgTable(
  "aid_history",
  {
    seq: bigint("seq", { mode: "number" }).generatedAlwaysAsIdentity().notNull(),
    aidId: uuid("aid_id").notNull(),
    revision: integer("revision").notNull(),
    at: instant("at").notNull(),
    runId: uuid("run_id"),
    planId: uuid("plan_id"),
    kind: text("kind").notNull(),
    fields: jsonb("fields").notNull(),
    before: jsonb("before"),
    by: text("by"),
    note: text("note"),
  },
  (table) => [
    primaryKey({ columns: [table.aidId, table.revision] }),
    index("aid_history_by_plan").on(table.planId),
    // Rows lie in this order: a few numbers for many of them are index enough.
    index("aid_history_by_seq").using("brin", table.seq),
    index("aid_history_by_time").using("brin", table.at),
  ],
);

/** Aids that undoing their creation took out of the catalogue: where their revisions go on if they come again. */
export const removedAids = pgTable("removed_aids", {
  aidId: uuid("aid_id").primaryKey(),
  connector: byteText("connector").notNull(),
  externalId: byteText("external_id").notNull(),
  revision: integer("revision").notNull(),
});

/** A known issue or silence of a connector that ops have set aside until a day. `issueCode`: null for a silence. `upTo`: it comes back when it grows beyond. */
export const setAsides = pgTable("set_asides", {
  id: uuid("id").primaryKey(),
  connector: byteText("connector").notNull(),
  what: text("what").$type<"issue" | "silence">().notNull(),
  issueCode: text("issue_code"),
  field: text("field"),
  upTo: integer("up_to"),
  until: date("until", { mode: "string" }).notNull(),
  reason: text("reason").notNull(),
  by: text("by").notNull(),
  at: instant("at").notNull(),
});
