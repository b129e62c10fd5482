import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { Outcome } from "../../model/run/run-error.ts";
import type { RunReport, StageProgress } from "../../model/run/run-report.ts";
import { bytes, byteText, instant } from "./columns.ts";

/** Tables of connectors and their runs. Migrations: see `tables.ts`. */

/**
 * State of a connector. `fence`: fencing token, increased by every run. `mustRead`: the catalogue differs from the last applied feed (a run
 * was undone, an aid was restored), so the next feed is read even if it has not changed. `sharing`: what other connectors must know of its
 * definition (`Sharing`). `readsSite`: it reads web pages. `mustCombine`: `sharing` has changed, so the next applied plan combines the sources of all its linked aids.
 */
export const connectors = pgTable("connectors", {
  id: byteText("id").primaryKey(),
  fence: bigint("fence", { mode: "number" }).notNull().default(0),
  lastAppliedRun: uuid("last_applied_run"),
  mustRead: boolean("must_read").notNull().default(false),
  readsSite: boolean("reads_site").notNull().default(false),
  sharing: jsonb("sharing").notNull().default({}),
  mustCombine: boolean("must_combine").notNull().default(false),
});

/** Numbers of blocks of content ids: see `contents`. */
export const contentBlocks = pgSequence("content_blocks");

/**
 * One execution of a connector, stored from its request on. While `queued`, it waits at least until `notBefore`, `startedAt` is the time of
 * the request, and the token is 0. A connector has at most one queued run per set of options. `askedBy`: a person, or `schedule`. `try`: 1,
 * or more if it retries run `triesAgain`. `heardAt`: last heartbeat of the `worker`, by the database's clock. `fetchingFrom`: the host of
 * the feed while it is fetched; no other run fetches from it meanwhile. `waitsFor`: the host that a queued run has found busy. `staging`: the run may have rows in `staged_aids`, or unused contents.
 * `contentBlock`: block of the ids of its contents. `appliedAt`: its plan was fully applied, or there was nothing to apply. `countsAbsence`:
 * the run read a complete feed, so missing aids are absent. `machineFaults`: how often the machine, and not the feed, ended it or a run that
 * it tries again; these use no try. `alone`: its worker does no other run meanwhile, because a worker or process was lost during it.
 * `lossesAlone`: how often one was lost while it ran alone.
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
    machineFaults: integer("machine_faults").notNull().default(0),
    alone: boolean("alone").notNull().default(false),
    lossesAlone: integer("losses_alone").notNull().default(0),
    triesAgain: uuid("tries_again"),
    notBefore: instant("not_before"),
    worker: text("worker"),
    heardAt: instant("heard_at"),
    fetchingFrom: text("fetching_from"),
    waitsFor: text("waits_for"),
    progress: jsonb("progress").$type<StageProgress>(),
    cancelAskedBy: text("cancel_asked_by"),
    startedAt: instant("started_at").notNull(),
    endedAt: instant("ended_at"),
    snapshotHash: text("snapshot_hash"),
    etag: text("etag"),
    lastModified: text("last_modified"),
    mappingFingerprint: text("mapping_fingerprint").notNull(),
    options: jsonb("options").$type<Readonly<Record<string, unknown>>>().notNull(),
    report: jsonb("report").$type<RunReport>(),
    staging: boolean("staging").notNull(),
    contentBlock: bigint("content_block", { mode: "number" }).notNull().default(sql`nextval('content_blocks')`),
    countsAbsence: boolean("counts_absence").notNull().default(false),
    appliedAt: instant("applied_at"),
    appliedBy: text("applied_by"),
    undoneAt: instant("undone_at"),
    undoneBy: text("undone_by"),
  },
  (table) => [
    index("runs_by_connector").on(table.connector, table.startedAt, table.token),
    index("runs_by_time").on(table.startedAt),
    index("runs_by_end").on(table.endedAt).where(sql`state = 'ended'`),
    uniqueIndex("runs_queued_once").on(table.connector, sql`(options::text)`).where(sql`state = 'queued'`),
    index("runs_going_on").on(table.state).where(sql`state <> 'ended'`),
    index("runs_waiting_for_host").on(table.waitsFor, table.askedAt).where(sql`state = 'queued' and waits_for is not null`),
    uniqueIndex("runs_tried_again_once").on(table.triesAgain),
  ],
);

/**
 * Running workers, by their `workerName`. `version`: version and commit; `migration`: the newest that it knows. `heardAt`: its last passed
 * or failed self-test. `sickFor`: why it takes no run; `sickSince`: since when. `leaveFor`: the migration for which it is asked to finish its runs and end.
 */
export const workers = pgTable("workers", {
  name: text("name").primaryKey(),
  version: text("version").notNull(),
  migration: text("migration").notNull(),
  startedAt: instant("started_at").notNull(),
  heardAt: instant("heard_at").notNull(),
  sickFor: text("sick_for"),
  sickSince: instant("sick_since"),
  leaveFor: text("leave_for"),
});

/**
 * Times when a machine could not do runs, each stored once, when it can be. `place`: `database`, or the host of the workers. `endedAt`: null
 * while it goes on. `waited`: number of connectors whose run waited meanwhile.
 */
export const machineFaults = pgTable(
  "machine_faults",
  {
    cause: text("cause").notNull(),
    place: text("place").notNull(),
    beganAt: instant("began_at").notNull(),
    endedAt: instant("ended_at"),
    waited: integer("waited").notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.cause, table.place, table.beganAt] }),
    uniqueIndex("machine_faults_going_on").on(table.cause, table.place).where(sql`ended_at is null`),
  ],
);

/** Rows with which a worker tries whether the disk of the database has room again. Empty otherwise. */
export const diskProbe = pgTable("disk_probe", { filler: text("filler").notNull() });

/** Paused connectors. `*`: all connectors. */
export const pauses = pgTable("pauses", {
  connector: byteText("connector").primaryKey(),
  by: text("by").notNull(),
  at: instant("at").notNull(),
  reason: text("reason"),
});

/** Decisions of people about feeds that broke: see `FeedDecision`. */
export const feedDecisions = pgTable(
  "feed_decisions",
  {
    connector: byteText("connector").notNull(),
    kind: text("kind").$type<"hold" | "loosen">().notNull(),
    subject: byteText("subject").notNull(),
    paths: jsonb("paths").notNull(),
    note: text("note"),
    by: text("by").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.connector, table.kind, table.subject] })],
);

/**
 * The last claimed due time of scheduled work (a connector's run by its id, `digest`…). The first worker to write it does the work.
 * `expectedSince`: when the connector became known, active or resumed; no run was expected before, and null means always.
 * `wasAheadTo`: a claimed time that was in the future, and did not count; `foundAheadAt`: when a worker noticed it.
 */
export const dueTimes = pgTable("due_times", {
  name: byteText("name").primaryKey(),
  doneFor: instant("done_for").notNull(),
  expectedSince: instant("expected_since"),
  wasAheadTo: instant("was_ahead_to"),
  foundAheadAt: instant("found_ahead_at"),
});

/** Hosts that we contact, and when they may be contacted again. */
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

/** Keyed traces (HMAC) of forgotten names, addresses and numbers, by which later feeds are cleaned. The originals are not stored. */
export const forgotten = pgTable("forgotten", {
  trace: text("trace").primaryKey(),
  kind: text("kind").$type<"name" | "email" | "phone">().notNull(),
  at: instant("at").notNull(),
  by: text("by").notNull(),
});

/** A feed as received. `hash`: SHA-256 of its only part, or of the parts' hexadecimal hashes joined. `id`: a short key for extents. */
export const snapshots = pgTable("snapshots", {
  hash: text("hash").primaryKey(),
  id: bigint("id", { mode: "number" }).generatedAlwaysAsIdentity().notNull().unique(),
  parts: jsonb("parts").notNull(),
  bytes: bigint("bytes", { mode: "number" }).notNull(),
  storedAt: instant("stored_at").notNull(),
});

/**
 * Chunks of feeds, compressed together. Snapshots share them. `hashes`, `sizes`: of the raw chunks, 16 bytes for each hash; a deleted chunk
 * has the size 0. `keys`: one hash of four, by which a pack is found. `id`: the snapshot that stored it, times 1,048,576, plus a number.
 */
export const snapshotPacks = pgTable(
  "snapshot_packs",
  {
    id: bigint("id", { mode: "number" }).primaryKey(),
    keys: uuid("keys").array().notNull(),
    hashes: bytes("hashes").notNull(),
    sizes: integer("sizes").array().notNull(),
    compressed: bytes("compressed").notNull(),
  },
  // Without "fastupdate", which would make every search read the list of pending entries.
  (table) => [index("snapshot_packs_by_key").using("gin", table.keys).with({ fastupdate: false })],
);

/**
 * The contents of a snapshot's part, in order: the chunks `first` to `last` of a pack. There are no foreign keys, because checking them
 * would lock every pack that a feed uses. `delete-chunks.ts` deletes what no snapshot uses.
 */
export const snapshotExtents = pgTable(
  "snapshot_extents",
  {
    pack: bigint("pack", { mode: "number" }).notNull(),
    snapshot: bigint("snapshot", { mode: "number" }).notNull(),
    seq: integer("seq").notNull(),
    part: integer("part").notNull(),
    first: smallint("first").notNull(),
    last: smallint("last").notNull(),
  },
  (table) => [primaryKey({ columns: [table.snapshot, table.part, table.seq] }), index("snapshot_extents_by_pack").on(table.pack)],
);

function stagedColumns() {
  return {
    runId: uuid("run_id").notNull(),
    externalId: byteText("external_id").notNull(),
    aidId: uuid("aid_id").notNull(),
    locator: text("locator").notNull(),
    recordHash: text("record_hash").notNull(),
    fingerprint: text("fingerprint").notNull(),
    contentId: bigint("content_id", { mode: "number" }).notNull(),
    memo: jsonb("memo").notNull(),
  };
}

/** Valid aids of runs in progress. UNLOGGED, because a database crash also ends these runs. */
export const stagedAids = pgTable("staged_aids", stagedColumns(), (table) => [primaryKey({ columns: [table.runId, table.externalId] })]);

/** Staged aids of plans that wait for a person. Logged, because they outlive the run. */
export const plannedAids = pgTable("planned_aids", stagedColumns(), (table) => [
  primaryKey({ columns: [table.runId, table.externalId] }),
  index("planned_aids_by_content").on(table.contentId),
]);

/**
 * Rejected records, whole, with the reasons, but without their place in a feed. Written once for all runs that reject the same record.
 * `id`: hash of the record and of the code and rules that read it, by which a run recognises it. `forget` replaces it.
 */
export const rejectedContents = pgTable(
  "rejected_contents",
  {
    id: uuid("id").primaryKey(),
    connector: byteText("connector").notNull(),
    externalId: text("external_id"),
    record: jsonb("record"),
    reasons: jsonb("reasons").notNull(),
  },
  (table) => [index("rejected_contents_by_connector").on(table.connector)],
);

/** The records that a run rejected, in feed order. The view `rejected_records` shows them whole. */
export const rejections = pgTable(
  "rejections",
  {
    id: bigint("id", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    runId: uuid("run_id").notNull(),
    locator: text("locator").notNull(),
    content: uuid("content")
      .notNull()
      .references(() => rejectedContents.id, { onUpdate: "cascade" }),
  },
  (table) => [index("rejections_by_run").on(table.runId, table.id), index("rejections_by_content").on(table.content)],
);

/**
 * A known issue of a connector, the warning that it is silent, or a decision of the first page (`card`), which ops have set aside until a
 * day. `issueCode`: only for an issue. `field`: of an issue, or the key of a card. `upTo`: above this count it is shown again. `assignedTo`:
 * who is to decide a card.
 */
export const setAsides = pgTable("set_asides", {
  id: uuid("id").primaryKey(),
  connector: byteText("connector").notNull(),
  what: text("what").$type<"issue" | "silence" | "card">().notNull(),
  issueCode: text("issue_code"),
  field: text("field"),
  upTo: integer("up_to"),
  until: date("until", { mode: "string" }).notNull(),
  reason: text("reason").notNull(),
  by: text("by").notNull(),
  at: instant("at").notNull(),
  assignedTo: text("assigned_to"),
});
