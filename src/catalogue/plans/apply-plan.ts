import { type SQL, sql } from "drizzle-orm";
import type { PlanState } from "../../model/plan/plan.ts";
import { RunFailed } from "../../model/run/run-error.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { aidState } from "../aids/stored-aid.ts";
import { deleteStagedAids, isInNoChange, valuesInChanges } from "../contents/delete-contents.ts";
import type { Store } from "../store.ts";
import { closePlan, type PlanApplication, type PlanHead } from "./close-plan.ts";
import { combineSources, findShared } from "./combine-sources.ts";
import { lockPlan } from "./lock-plan.ts";
import { beginRevisions, orderRevisions, type RevisionBatch } from "./order-changes.ts";
import { hasMoved, isSomethingLeft, selectPart } from "./plan-part.ts";

/** Result of applying a plan or a part of it. */
export interface AppliedPlan {
  readonly created: number;
  /** Any other change: fields, status, external id. */
  readonly updated: number;
  readonly withdrawn: number;
  /** Number of aids removed because their creation was undone. */
  readonly removed: number;
  /** `part-applied` if a part of the plan remains. */
  readonly state: PlanState;
}

/** Maximum number of aids listed in an error. */
const aidsNamed = 20;

/**
 * From this number of new or changed aids on, the planner's statistics are refreshed at once. Autovacuum would take a minute, and until then every
 * page of aids would sort the whole table.
 */
export const manyAids = 500;

/** Prepared aids of a run in progress or of a waiting plan. */
const preparedAids = sql`(select * from staged_aids union all select * from planned_aids)`;

/**
 * Applies a plan, or a part of it, in one transaction. A run must have its connector's fencing token, and each aid the revision that its
 * change was made from. If an aid's record changed but its content did not, stores the new record hash and memo without a revision.
 * @throws RunDisplaced if the token is not the connector's; RunFailed `world-moved` (with the aids), `plan-closed` or `storage-failed`.
 * Nothing is written then.
 */
export async function applyPlan(store: Store, planId: string, application: PlanApplication): Promise<AppliedPlan> {
  const { plan, applied } = await store.transaction(async (transaction) => {
    const plan = await lockPlan(transaction, planId, application.token);
    const batch = await beginRevisions(transaction, planId);
    const selected = await selectPart(transaction, planId, application.part, application.skipMoved === true);
    await refuseMovedAids(transaction, selected, application.skipMoved === true);
    const shared = await findShared(transaction, selected, plan.origin === "run" ? plan.connector : null);
    const at = sql`${application.now.toISOString()}::timestamptz`;
    const planned = await writeHistory(transaction, plan, batch, selected, application, at);
    const applied = planned === 0 ? noAids : await writeAids(transaction, plan, selected, planned, application.now);
    const isLeft = (application.part !== undefined || application.skipMoved === true) && (await isSomethingLeft(transaction, planId));
    // A part that selects nothing leaves the plan unchanged.
    const state = isLeft && planned === 0 ? plan.state : await closePlan(transaction, plan, selected, isLeft, application);
    // After the absences are recorded, because they decide which source rules.
    await combineSources(transaction, batch, shared, { ...plan, now: application.now });
    await orderRevisions(transaction, batch, application.now);
    return { plan, applied: { ...applied, state } };
  });
  // After the transaction, so that nobody waits. If this is interrupted, taking the connector's next token deletes the rows.
  if (plan.origin === "run" && plan.runId !== null) await deleteStagedAids(store, plan.runId, applied.created);
  if (applied.created >= manyAids) await store.rows(sql`select analyze_aids()`);
  return applied;
}

/**
 * Locks every changed aid, and those into which they are or will be merged, and compares revisions. New aids and new external ids must not exist yet.
 */
async function refuseMovedAids(transaction: Store, selected: SQL, areSkipped: boolean): Promise<void> {
  await transaction.rows(sql`
    with locked as (
      select from aids where aid_id in (
        select touched.aid_id from changes left join aids own on own.aid_id = changes.aid_id
          cross join lateral (values (changes.aid_id), ((changes.state ->> 'mergedInto')::uuid), (own.merged_into)) touched (aid_id)
        where ${selected} and (changes.kind <> 'create' or changes.state is not null))
      order by aid_id for update
    ) select count(*) from locked`);
  // With `skipMoved`, the selected part contains no moved aids. If an aid has moved since the selection, nothing is applied.
  const moved = await transaction.rows<{ externalId: string; connector: string }>(sql`
    select changes.external_id as "externalId" from changes where ${selected} and ${hasMoved} order by 1`);
  if (moved.length === 0) return;
  const named = moved.slice(0, aidsNamed).map(({ externalId }) => externalId);
  throw new RunFailed("world-moved", { count: moved.length, aids: named.join(", "), ...(areSkipped && { while: "applying" }) });
}

/** True if a change moves its aid to another connector. */
const movesAid = sql`coalesce(changes.state ? 'connector', false)`;

/** Writes the history before the aids change, because it stores their former state. Returns the number of changes. */
async function writeHistory(
  transaction: Store,
  plan: PlanHead,
  batch: RevisionBatch,
  selected: SQL,
  by: PlanApplication,
  at: SQL,
): Promise<number> {
  return counted(
    transaction,
    sql`
    insert into aid_history (aid_id, revision, batch, place, at, run_id, plan_id, kind, fields, before, by, note, last_content, next_content)
    select changes.aid_id, coalesce(removed.revision, changes.base_revision) + 1, ${batch.id}::bigint,
      row_number() over (order by changes.aid_id), ${at}, ${plan.runId}::uuid, changes.plan_id, changes.kind, changes.fields,
      case when changes.kind <> 'create' then ${aidState} || case when ${movesAid} then jsonb_build_object('connector', aids.connector) else '{}' end end, ${by.appliedBy}, coalesce(changes.note, ${by.note ?? null}), changes.last_content,
      changes.next_content
    from changes left join aids_with_source aids on changes.kind <> 'create' and aids.aid_id = changes.aid_id
      left join removed_aids removed on changes.kind = 'create' and removed.aid_id = changes.aid_id
    where ${selected}`,
  );
}

const noAids = { created: 0, updated: 0, withdrawn: 0, removed: 0 };

/** Writes the aids. Throws if fewer were written than planned, or the target of a merge is lost. */
async function writeAids(transaction: Store, plan: PlanHead, selected: SQL, planned: number, now: Date): Promise<typeof noAids> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const applied = {
    created: await createAids(transaction, plan, selected, at),
    updated: await updateAids(transaction, plan, selected, at),
    withdrawn: await withdrawAids(transaction, selected, parisDay(now), at),
    removed: await removeAids(transaction, selected),
  };
  refuseHalfPlan(planned, applied);
  await refuseLostTargets(transaction, selected);
  return applied;
}

async function createAids(transaction: Store, plan: PlanHead, selected: SQL, at: SQL): Promise<number> {
  if (plan.origin !== "run") return 0;
  await transaction.rows(sql`
    insert into aids (aid_id, connector, external_id, revision, status, merged_into, edits, created_at, updated_at)
    select changes.aid_id, ${plan.connector}, changes.external_id, coalesce(removed.revision, 0) + 1, coalesce(changes.state ->> 'status', 'reviewable'),
      (changes.state ->> 'mergedInto')::uuid, case when changes.fields = '{}' then '{}' else (
        select jsonb_object_agg(key, value #> '{after,edit}') from jsonb_each(changes.fields)) end, ${at}, ${at}
    from changes left join removed_aids removed on removed.aid_id = changes.aid_id where ${selected} and changes.kind = 'create'`);
  // If a staged record was lost in a crash, its aid gets no source, and `refuseHalfPlan` throws.
  const created = await counted(
    transaction,
    sql`
    insert into aid_sources (aid_id, connector, external_id, content_id, fingerprint, record_hash, memo)
    select changes.aid_id, ${plan.connector}, changes.external_id, prepared.content_id, prepared.fingerprint, prepared.record_hash, prepared.memo
    from ${preparedAids} prepared join changes on changes.external_id = prepared.external_id
    where prepared.run_id = ${plan.runId}::uuid and ${selected} and changes.kind = 'create'`,
  );
  await transaction.rows(
    sql`delete from removed_aids using changes where ${selected} and changes.kind = 'create' and removed_aids.aid_id = changes.aid_id`,
  );
  return created;
}

/** Kinds of changes whose fields come from the publisher. The other kinds add a layer over the publisher's values. */
const imports = sql`changes.kind in ('update', 'restore', 're-identify', 'withdraw')`;

/** True if a part of the publisher's change remains. Its aid gets no fingerprint, so that the next run compares the aid again. */
const isHalf = sql`${imports} and exists (select from changes other where other.plan_id = changes.plan_id and other.aid_id = changes.aid_id and other.part is null
  and changes.part is not null)`;

/**
 * Writes all other changes. If the aid takes over everything that the run prepared, its content becomes the prepared one. A part of it, or
 * the change of an undo, makes new content. The former content is deleted, or reduced to the values to which changes refer.
 */
async function updateAids(transaction: Store, plan: PlanHead, selected: SQL, at: SQL): Promise<number> {
  // Only a run's plan has records. If a staged record was lost in a crash, its aid is not written, and `refuseHalfPlan` throws.
  const prepared =
    plan.origin === "run"
      ? sql`join ${preparedAids} prepared on prepared.run_id = ${plan.runId}::uuid and prepared.external_id = changes.external_id`
      : sql`left join ${preparedAids} prepared on false`;
  const stated = (name: string, column: SQL, value: SQL, otherwise: SQL = column) =>
    sql`case when written.state ? ${name} then ${value} else ${otherwise} end`;
  const text = (name: string) => sql`written.state ->> ${name}`;
  return transaction.value<number>(sql`
    with block as materialized (select nextval('content_blocks') as number),
    merged as (
      select changes.aid_id, changes.external_id, changes.kind, changes.base_revision, changes.state, layers.fields, layers.kept, layers.edits,
        layers.proposals, ${isHalf} as is_half, prepared.content_id as prepared_id, prepared.fingerprint, prepared.record_hash, prepared.memo,
        aids.content_id as former_id, ${imports} and layers.fields <> '{}' as imports, (aids.own - layers.fields) || layers.imported as content
      from changes_with_values changes ${prepared} join aids_with_source aids on aids.aid_id = changes.aid_id cross join lateral (
        select coalesce(array_agg(key), '{}') as fields,
          coalesce(jsonb_object_agg(key, value -> 'incoming') filter (where value -> 'incoming' <> 'null'), '{}') as imported,
          coalesce(jsonb_object_agg(key, value #> '{after,kept}') filter (where value -> 'after' ? 'kept'), '{}') as kept,
          coalesce(jsonb_object_agg(key, value #> '{after,edit}') filter (where value -> 'after' ? 'edit'), '{}') as edits,
          coalesce(jsonb_object_agg(key, value #> '{after,proposal}') filter (where value -> 'after' ? 'proposal'), '{}') as proposals
        from jsonb_each(changes.fields)
      ) layers
      where ${selected} and changes.kind not in ('create', 'remove') and not (changes.kind = 'withdraw' and changes.state is null)
        and aids.revision = changes.base_revision
    ), written as materialized (
      select merged.*, case when not merged.imports then merged.former_id when contents.id is not null then contents.id
          else (block.number << 32) + row_number() over () end as content_id, contents.id is null and merged.imports as is_new
      from block, merged left join contents on contents.id = merged.prepared_id and contents.aid_id = merged.aid_id and contents.content = merged.content
    ), added as (
      insert into contents (id, aid_id, content) select content_id, aid_id, content from written where is_new
    ), replaced as (
      delete from contents using written
      where contents.id = written.former_id and written.content_id <> written.former_id and ${isInNoChange}
    ), reduced as (
      update contents set content = ${valuesInChanges} from written
      where contents.id = written.former_id and written.content_id <> written.former_id and not ${isInNoChange}
    ), sources as (
      update aid_sources source set
        content_id = written.content_id,
        connector = ${stated("connector", sql`source.connector`, text("connector"))},
        external_id = written.external_id,
        fingerprint = case when written.is_half then '' else ${stated("fingerprint", sql``, text("fingerprint"), sql`coalesce(written.fingerprint, source.fingerprint)`)} end,
        record_hash = case when written.is_half then null else ${stated("recordHash", sql``, text("recordHash"), sql`coalesce(written.record_hash, source.record_hash)`)} end,
        memo = ${stated("memo", sql``, sql`written.state -> 'memo'`, sql`coalesce(written.memo, source.memo)`)}
      from written where source.aid_id = written.aid_id
    ), updated as (
      update aids set
        kept = (aids.kept - written.fields) || written.kept,
        edits = (aids.edits - written.fields) || written.edits,
        proposals = (aids.proposals - written.fields) || written.proposals,
        connector = ${stated("connector", sql`aids.connector`, text("connector"))},
        external_id = written.external_id,
        status = ${stated("status", sql`aids.status`, text("status"))},
        withdrawn_at = ${stated("withdrawnAt", sql``, sql`(${text("withdrawnAt")})::date`, sql`case when written.kind = 'restore' then null else aids.withdrawn_at end`)},
        withdrawn_by = ${stated("withdrawnBy", sql`aids.withdrawn_by`, text("withdrawnBy"))},
        merged_into = ${stated("mergedInto", sql`aids.merged_into`, sql`(${text("mergedInto")})::uuid`)},
        watch = ${stated("watch", sql`aids.watch`, sql`nullif(written.state -> 'watch', 'null')`)},
        site_url = ${stated("siteUrl", sql`aids.site_url`, text("siteUrl"))},
        field_sources = ${stated("fieldSources", sql`aids.field_sources`, sql`written.state -> 'fieldSources'`)},
        revision = aids.revision + 1, updated_at = ${at}
      from written where aids.aid_id = written.aid_id
      returning 1
    ) select count(*)::int as written from updated`);
}

/** Withdraws aids that left the feed and changes nothing else. */
async function withdrawAids(transaction: Store, selected: SQL, day: string, at: SQL): Promise<number> {
  return counted(
    transaction,
    sql`
    update aids set withdrawn_at = ${day}::date, revision = aids.revision + 1, updated_at = ${at} from changes
    where ${selected} and changes.kind = 'withdraw' and changes.state is null
      and aids.aid_id = changes.aid_id and aids.revision = changes.base_revision`,
  );
}

async function removeAids(transaction: Store, selected: SQL): Promise<number> {
  return transaction.value<number>(sql`
    with removed as (
      delete from aids using changes where ${selected} and changes.kind = 'remove' and aids.aid_id = changes.aid_id
        and aids.revision = changes.base_revision
      returning aids.aid_id, aids.connector, aids.external_id, aids.revision
    ), sources as (delete from aid_sources using removed where aid_sources.aid_id = removed.aid_id returning content_id),
    unused as (delete from contents using sources where contents.id = sources.content_id and ${isInNoChange}),
    forgotten as (delete from absences using removed where absences.aid_id = removed.aid_id),
    noted as (
      insert into removed_aids (aid_id, connector, external_id, revision) select aid_id, connector, external_id, revision + 1 from removed
      returning 1
    )
    select count(*)::int as count from noted`);
}

/** Throws if fewer aids were written than planned: staged aids are unlogged and are lost if the database crashes. */
function refuseHalfPlan(planned: number, { created, updated, withdrawn, removed }: Omit<AppliedPlan, "state">): void {
  const found = created + updated + withdrawn + removed;
  if (found !== planned) throw new RunFailed("storage-failed", { reason: "staged-aids-lost", expected: planned, found });
}

/** Throws if the target of a merge is merged or rejected by now. Two concurrent plans could merge two aids into each other. */
async function refuseLostTargets(transaction: Store, selected: SQL): Promise<void> {
  const lost = await transaction.values<string>(sql`
    select target.external_id as "externalId" from changes join aids target on target.aid_id = (changes.state ->> 'mergedInto')::uuid
    where ${selected} and changes.kind in ('merge', 'create') and target.status in ('merged', 'deleted') order by 1 limit ${aidsNamed}`);
  if (lost.length > 0) throw new RunFailed("world-moved", { count: lost.length, aids: lost.join(", ") });
}

/** Runs a statement and returns the number of rows written. */
async function counted(transaction: Store, statement: SQL): Promise<number> {
  return transaction.value<number>(sql`with written as (${statement} returning 1) select count(*)::int as written from written`);
}
