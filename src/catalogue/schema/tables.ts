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
 * All tables of the catalogue. SQL names no schema: the connection's search_path does. After a change here, run `npm run db:generate --
 * --name <what>` and remove `"public".` from the new migration. What drizzle cannot express (UNLOGGED, storage of long values, triggers,
 * included columns) is only in the migrations.
 */

/** Text sorted by code point, on any database. */
const byteText = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });
const bytes = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/**
 * State of a connector. `fence`: fencing token, increased by every run. `mustRead`: the catalogue differs from the last applied feed (a run
 * was undone, an aid was restored), so the next feed is read even if it has not changed.
 */
export const connectors = pgTable("connectors", {
  id: byteText("id").primaryKey(),
  fence: bigint("fence", { mode: "number" }).notNull().default(0),
  lastAppliedRun: uuid("last_applied_run"),
  mustRead: boolean("must_read").notNull().default(false),
});

/**
 * One execution of a connector, from the request on. `queued`: it waits (`startedAt` is the request, its token 0), at least until
 * `notBefore`; a connector has one such run per set of options. `askedBy`: a person, or `schedule`. `try`: 1, or more if it retries run
 * `triesAgain`. `worker`: who runs it; `heardAt`: its last heartbeat by the database's clock. `fetchingFrom`: the host it is fetching from,
 * which no other run uses meanwhile. `staging`: it may have rows in `staged_aids`. `appliedAt`: its plan was fully applied, or there was
 * nothing to apply. `countsAbsence`: it read a complete feed, so aids missing in it are absent.
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

/** Paused connectors, and `*` if everything is paused. */
export const pauses = pgTable("pauses", {
  connector: byteText("connector").primaryKey(),
  by: text("by").notNull(),
  at: instant("at").notNull(),
  reason: text("reason"),
});

/** The last claimed due time of scheduled work (a connector's run by its id, `digest`…). The first worker to write it does the work. */
export const dueTimes = pgTable("due_times", { name: byteText("name").primaryKey(), doneFor: instant("done_for").notNull() });

/** Hosts we fetch from, and when they may be contacted again: as they asked, or to keep our pace. */
export const hosts = pgTable("hosts", { host: byteText("host").primaryKey(), notBefore: instant("not_before").notNull() });

/** Digests: their period and content, and when they were delivered. `failures`: failed channels with the reason. */
export const digests = pgTable("digests", {
  id: uuid("id").primaryKey(),
  since: instant("since").notNull(),
  until: instant("until").notNull(),
  content: jsonb("content").notNull(),
  deliveredAt: instant("delivered_at"),
  tries: integer("tries").notNull().default(0),
  failures: jsonb("failures").notNull().default([]),
});

/**
 * Links of live aids and their last check. `firstFailedAt`: start of the current failures; null if the last check was good or undecided.
 */
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

/** Keyed traces (HMAC) of forgotten names, addresses and numbers, so that they do not come back. The originals are not stored. */
export const forgotten = pgTable("forgotten", {
  trace: text("trace").primaryKey(),
  kind: text("kind").$type<"name" | "email" | "phone">().notNull(),
  at: instant("at").notNull(),
  by: text("by").notNull(),
});

/** A feed as received. `hash`: SHA-256 of its only part, or of the parts' hexadecimal hashes joined. */
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

/** Valid aids of runs in progress. UNLOGGED, because a database crash also ends these runs. */
export const stagedAids = pgTable("staged_aids", stagedColumns(), (table) => [primaryKey({ columns: [table.runId, table.externalId] })]);

/** Staged aids of plans that wait for a person. Logged, because they outlive the run. */
export const plannedAids = pgTable("planned_aids", stagedColumns(), (table) => [primaryKey({ columns: [table.runId, table.externalId] })]);

/** Rejected records, whole, with the reasons. */
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
 * Plans of runs or people, applied or not. `complete`: false while in preparation, when it is neither shown nor applied. `waits`: for a
 * person, even after its run has ended. `runId`: the run that made it, or that it undoes. `connector`: null if it covers several. `asked`:
 * the person's request.
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
 * The change of one aid in a plan. `state`, `match`, `note`: see `Change`. `part`: the part of the plan it was applied with. Fields applied
 * before the others become a row of their own, with `slice` above 0. No foreign keys here, on `aids` and on `staged_aids`: checking them
 * costs a fifth of a first import.
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

/** Remarks of a plan on aids it does not change. */
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

/** Aids missing in a plan's feed. They become absent when it is applied. */
export const plannedAbsences = pgTable(
  "planned_absences",
  { planId: uuid("plan_id").notNull(), aidId: uuid("aid_id").notNull() },
  (table) => [primaryKey({ columns: [table.planId, table.aidId] })],
);

/** Aids missing in the last applied complete feeds, and since which run. `endedRun`: the run in which they returned, needed to undo it. */
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
 * The aids. `imported`: the publisher's last values, filled fields only. Over them are the `kept` earlier values, then people's `edits`.
 * `proposals`: changes by the publisher that wait for a curator. `siteUrl`: page from which the aid was adopted. `fingerprint`: of the last
 * received content; `recordHash`: of its record; `memo`: other results of the mapping.
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
    // For runs that create aids: does the publisher send one of ours back?
    index("aids_by_site_url").on(table.siteUrl).where(sql`site_url is not null`),
    index("aids_on_site").on(table.connector).where(sql`status = 'published' and withdrawn_at is null`),
    index("aids_by_universal_id").on(table.externalId).where(sql`external_id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'`),
  ],
);

/** Revisions of aids. `seq`: order over all aids. `before`: the `AidState` before the revision, for undo. */
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
    // Rows are stored in this order, so a small BRIN index is enough.
    index("aid_history_by_seq").using("brin", table.seq),
    index("aid_history_by_time").using("brin", table.at),
  ],
);

/** Aids whose creation was undone. If they come again, their revisions continue here. */
export const removedAids = pgTable("removed_aids", {
  aidId: uuid("aid_id").primaryKey(),
  connector: byteText("connector").notNull(),
  externalId: byteText("external_id").notNull(),
  revision: integer("revision").notNull(),
});

/**
 * A known issue or silence of a connector that ops have set aside until a day. `issueCode`: null for a silence. `upTo`: it is shown again
 * above this count.
 */
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
