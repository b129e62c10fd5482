import { sql } from "drizzle-orm";
import { bigint, boolean, date, index, integer, jsonb, pgSequence, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import type { GuardFinding } from "../../model/plan/guard.ts";
import type { ApplyRequest, PlanCounts, PlanOrigin, PlanState } from "../../model/plan/plan.ts";
import type { StandingDecision } from "../../model/plan/standing-decision.ts";
import { byteText, instant } from "./columns.ts";

/**
 * Tables of aids and plans. SQL names no schema: the connection's search_path does. After a change here, run `npm run db:generate --
 * --name <what>` and remove `"public".` from the new migration. What drizzle cannot express (UNLOGGED, storage of long values, triggers,
 * included columns) is only in the migrations.
 */

/** Condition on `plans`: an applied plan of a run that changed aids, and was not undone. */
export const hasChangedAids = sql`(origin = 'run' and state = 'applied' and undone_by is null
  and (counts ->> 'created')::int + (counts ->> 'updated')::int + (counts ->> 'restored')::int + (counts ->> 'withdrawn')::int > 0)`;

/**
 * Plans of runs or people, applied or not. `complete`: false during preparation; the plan can then be neither shown nor applied. `waits`:
 * the plan waits for a person, even after its run has ended. `runId`: the run that made the plan, or that the plan undoes. `connector`:
 * null if the plan covers several. `asked`: the person's request.
 */
export const plans = pgTable(
  "plans",
  {
    id: uuid("id").primaryKey(),
    origin: text("origin").$type<PlanOrigin>().notNull().default("run"),
    runId: uuid("run_id"),
    connector: byteText("connector"),
    madeBy: text("made_by"),
    asked: jsonb("asked").$type<Readonly<Record<string, unknown>>>(),
    state: text("state").$type<PlanState>().notNull(),
    complete: boolean("complete").notNull().default(false),
    waits: boolean("waits").notNull().default(false),
    counts: jsonb("counts").$type<PlanCounts>(),
    guards: jsonb("guards").$type<readonly GuardFinding[]>().notNull().default([]),
    warnings: jsonb("warnings").$type<readonly GuardFinding[]>().notNull().default([]),
    createdAt: instant("created_at").notNull(),
    appliedAt: instant("applied_at"),
    appliedBy: text("applied_by"),
    closedAt: instant("closed_at"),
    closedBy: text("closed_by"),
    note: text("note"),
    undoneBy: uuid("undone_by"),
    applyRequest: jsonb("apply_request").$type<ApplyRequest>(),
  },
  (table) => [
    index("plans_by_connector").on(table.connector, table.createdAt),
    index("plans_by_run").on(table.runId),
    index("plans_by_time").on(table.createdAt),
    index("plans_by_application").on(table.appliedAt),
    index("plans_unapplied").on(table.connector, table.createdAt).where(sql`state <> 'applied'`),
    // Finds the acts of publishers that a worker has to apply.
    index("plans_of_publishers_to_apply")
      .on(table.createdAt)
      .where(sql`origin = 'publisher' and state = 'open' and apply_request is not null`),
    // Finds the acts of one publisher.
    index("plans_of_publishers").on(sql`(asked ->> 'publisher')`, table.createdAt).where(sql`origin = 'publisher'`),
    // Finds a connector's last changes.
    index("plans_with_changes").on(table.connector, table.appliedAt).where(hasChangedAids),
  ],
);

/** The contents that a change refers to: the aid's content when the plan was made, and the incoming one. Both or neither. */
const contentReferences = () => ({
  lastContent: bigint("last_content", { mode: "number" }),
  nextContent: bigint("next_content", { mode: "number" }),
});

/**
 * The change of one aid in a plan. `state`, `match`, `note`: see `Change`. `part`: number of the part with which it was applied. If only
 * some fields are applied, the others move to a row of their own, with `slice` above 0. `fields` lacks the long values that are in the
 * contents to which the row refers; the view `changes_with_values` adds them. `fieldNames`: the keys of `fields`, read without the values.
 * This table and those of aids have no foreign keys, because checking them takes a fifth of a first import.
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
    fieldNames: jsonb("field_names").notNull().generatedAlwaysAs(sql`jsonb_path_query_array(fields, '$.keyvalue().key')`),
    state: jsonb("state"),
    match: jsonb("match"),
    note: text("note"),
    part: integer("part"),
    slice: integer("slice").notNull().default(0),
    ...contentReferences(),
  },
  (table) => [
    primaryKey({ columns: [table.planId, table.aidId, table.slice] }),
    // Finds the changes that refer to a content.
    index("changes_by_aid").on(table.aidId).where(sql`last_content is not null`),
  ],
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
 * The aids. Over the content of their source are the `kept` earlier values, then people's `edits`. `proposals`: changes by the publisher
 * that wait for a curator. `siteUrl`: page from which the aid was adopted. `borrowed`: values of further sources (`BorrowedValue`) that
 * replace those of its own source. `fieldSources`: field -> connector whose value a person has chosen. `contradictions`: fields in which
 * the sources contradict each other (`SourceContradiction`). The view `aids_with_source` adds the columns of `aid_sources`, the content of
 * its source as `own`, and the same with the borrowed values as `imported`. A migration that changes one of its columns must create it again.
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
    kept: jsonb("kept").notNull().default({}),
    edits: jsonb("edits").notNull().default({}),
    proposals: jsonb("proposals").notNull().default({}),
    borrowed: jsonb("borrowed").notNull().default({}),
    fieldSources: jsonb("field_sources").notNull().default({}),
    contradictions: jsonb("contradictions").notNull().default([]),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [
    unique("aids_by_external_id").on(table.connector, table.externalId),
    // Used by runs that create aids, to find our own aids that come back through a feed.
    index("aids_by_site_url").on(table.siteUrl).where(sql`site_url is not null`),
    // Finds the other sources of an aid.
    index("aids_by_merged_into").on(table.mergedInto).where(sql`merged_into is not null`),
    index("aids_contradicted").on(table.connector).where(sql`contradictions <> '[]'`),
    index("aids_on_site").on(table.connector).where(sql`status = 'published' and withdrawn_at is null`),
    index("aids_by_universal_id").on(table.externalId).where(sql`external_id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'`),
  ],
);

/**
 * The publisher's record of an aid. Each aid has exactly one; the aids merged into it bring its further sources. `contentId`: the publisher's last values. `fingerprint`: hash of the
 * last received content; empty if the catalogue took only a part of it. `recordHash`: hash of its record. `memo`: see `Memo`.
 */
export const aidSources = pgTable(
  "aid_sources",
  {
    aidId: uuid("aid_id").notNull(),
    connector: byteText("connector").notNull(),
    externalId: byteText("external_id").notNull(),
    contentId: bigint("content_id", { mode: "number" }).notNull(),
    fingerprint: text("fingerprint").notNull(),
    recordHash: text("record_hash"),
    memo: jsonb("memo").notNull(),
  },
  (table) => [primaryKey({ columns: [table.connector, table.externalId] }), unique("aid_sources_by_aid").on(table.aidId)],
);

/**
 * Values of aids as publishers gave them, filled fields only. A row is written once and never changed, except by `forget`; staged and
 * planned aids, `aid_sources`, changes and the history refer to it. If only changes and the history do, it is reduced to the fields they need. `id`: the block of the run that wrote it (see `firstContentId`), and a number
 * within the block.
 */
export const contents = pgTable("contents", {
  id: bigint("id", { mode: "number" }).primaryKey(),
  aidId: uuid("aid_id").notNull(),
  content: jsonb("content").notNull(),
});

/** Numbers of batches of revisions: see `appliedPlans`. */
export const historyBatches = pgSequence("history_batches");

/**
 * The order of changes: a row for each transaction that wrote revisions, in the order of their commits (`catalogue/plans/order-changes.ts`).
 * Its revisions have the numbers from `firstSeq` to `lastSeq`, in the order of their `place`, and no number is left out. `planId`: null for
 * `forget`. `at`: about the time of the commit; it never decreases.
 */
export const appliedPlans = pgTable(
  "applied_plans",
  {
    batch: bigint("batch", { mode: "number" }).primaryKey(),
    planId: uuid("plan_id"),
    firstSeq: bigint("first_seq", { mode: "number" }).notNull(),
    lastSeq: bigint("last_seq", { mode: "number" }).notNull().unique(),
    at: instant("at").notNull(),
  },
  (table) => [index("applied_plans_by_time").on(table.at, table.firstSeq)],
);

/**
 * Revisions of aids. `batch`: the transaction that wrote the revision; `place`: its number there, from 1. `before`: the `AidState` before the
 * revision, for undo. `fields`: as in `changes`; the view `history_with_values` adds the values of contents.
 */
export const aidHistory = pgTable(
  "aid_history",
  {
    aidId: uuid("aid_id").notNull(),
    revision: integer("revision").notNull(),
    batch: bigint("batch", { mode: "number" }).notNull(),
    place: integer("place").notNull(),
    at: instant("at").notNull(),
    runId: uuid("run_id"),
    planId: uuid("plan_id"),
    kind: text("kind").notNull(),
    fields: jsonb("fields").notNull(),
    before: jsonb("before"),
    by: text("by"),
    note: text("note"),
    ...contentReferences(),
  },
  (table) => [
    primaryKey({ columns: [table.aidId, table.revision] }),
    unique("aid_history_by_place").on(table.batch, table.place),
    index("aid_history_by_plan").on(table.planId),
    // Finds aids by a former identifier.
    index("aid_history_renames").on(table.aidId).where(sql`kind = 're-identify'`),
    // Rows are stored about in the order of `at`, so a small BRIN index is enough.
    index("aid_history_by_time").using("brin", table.at),
  ],
);

/** People's decisions for the present and future aids of a connector or a publisher: see `StandingDecision`. */
export const standingDecisions = pgTable(
  "standing_decisions",
  {
    id: uuid("id").primaryKey(),
    kind: text("kind").$type<StandingDecision["kind"]>().notNull(),
    connector: byteText("connector"),
    publisher: uuid("publisher"),
    field: text("field"),
    rule: text("rule"),
    value: jsonb("value"),
    condition: jsonb("condition").$type<StandingDecision["condition"]>(),
    note: text("note"),
    by: text("by").notNull(),
    at: instant("at").notNull(),
    endedAt: instant("ended_at"),
    endedBy: text("ended_by"),
  },
  (table) => [
    index("standing_decisions_by_connector").on(table.connector).where(sql`ended_at is null`),
    index("standing_decisions_by_publisher").on(table.publisher).where(sql`ended_at is null`),
  ],
);

/** Aids that a run has published by itself, and that a person has then checked. */
export const policyChecks = pgTable("policy_checks", {
  aidId: uuid("aid_id").primaryKey(),
  by: text("by").notNull(),
  at: instant("at").notNull(),
});

/** Aids whose creation was undone. If a feed contains one again, its revision numbers continue from here. */
export const removedAids = pgTable("removed_aids", {
  aidId: uuid("aid_id").primaryKey(),
  connector: byteText("connector").notNull(),
  externalId: byteText("external_id").notNull(),
  revision: integer("revision").notNull(),
});
