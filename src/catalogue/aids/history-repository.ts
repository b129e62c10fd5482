import { sql } from "drizzle-orm";
import type { AidField } from "../../model/aid/aid.ts";
import { type AidState, type Change, type ChangeKind, combineKind } from "../../model/plan/plan.ts";
import { storableJson } from "../../model/text/storable.ts";
import type { TracedRevision } from "../../model/trace/trace.ts";
import { isoInstant, type Store } from "../store.ts";
import type { CuratedAid } from "./aid-repository.ts";
import { aidState, type StoredColumns, storedAid, storedColumns } from "./stored-aid.ts";

/** One revision of an aid. */
export interface AidRevision extends Omit<TracedRevision, "origin"> {
  /** The revision is part of an undo. */
  readonly isUndo: boolean;
}

/** The state of an aid before a revision, without `memo`: an undo needs the memo only from revisions of the plan that it undoes. */
export type PriorState = Omit<AidState, "memo">;

/** A revision after the one to undo. */
export interface LaterRevision {
  /** Null for revisions without a plan. */
  readonly planId: string | null;
  /** Changed fields. */
  readonly fields: readonly AidField[];
  /** State of the aid before this revision. */
  readonly before: PriorState | null;
  /** The plan that undid the revision's plan. */
  readonly undoneBy: string | null;
  /** The revision's plan is an undo that was fully applied. */
  readonly undoes: boolean;
}

/** A plan's change to an aid, and later revisions of the aid. */
export interface Revertible {
  readonly aidId: string;
  readonly kind: ChangeKind;
  readonly fields: Change["fields"];
  /** State of the aid before the plan. Null for a creation and for revisions that did not record it. */
  readonly before: AidState | null;
  /** Oldest first. */
  readonly later: readonly LaterRevision[];
  /** The current aid. Null if it no longer exists. */
  readonly aid: CuratedAid | null;
  /** Another aid was merged into it. */
  readonly isMergedInto: boolean;
  /** Another aid now has the external id that the aid had before the plan. */
  readonly isIdTaken: boolean;
}

const aidsAPage = 500;
const idsAPage = 10_000;

/** The history of aids, and data from it for undo. */
export class HistoryRepository {
  constructor(private readonly store: Store) {}

  /** Lists the revisions of an aid, oldest first. */
  async list(aidId: string): Promise<AidRevision[]> {
    return this.store.rows<AidRevision>(sql`
      select revision, ${isoInstant(sql`at`)} as at, run_id as "runId", plan_id as "planId", kind, fields,
        before, by, note, coalesce((select origin = 'undo' from plans where plans.id = history.plan_id), false) as "isUndo"
      from history_with_values history where aid_id = ${aidId}::uuid order by revision`);
  }

  /** Lists, in pages, the changes that a plan made. If it was applied in parts, combines the changes of an aid. */
  async *revertible(planId: string): AsyncGenerator<Revertible[]> {
    const mergedInto = await this.#mergedInto();
    for await (const aidIds of this.#aidsOf(planId)) {
      for (let first = 0; first < aidIds.length; first += aidsAPage) {
        const page = aidIds.slice(first, first + aidsAPage);
        const [aids, histories] = [await this.#aids(page), await this.#revisionsSince(planId, page)];
        const taken = await this.#taken(aids, histories);
        yield page.map((aidId) => ({
          ...asOne(histories.get(aidId) ?? []),
          aidId,
          aid: aids.get(aidId) ?? null,
          isMergedInto: mergedInto.has(aidId),
          isIdTaken: taken.has(aidId),
        }));
      }
    }
  }

  /** Counts the revisions that a plan has made so far. */
  async countRevisions(planId: string): Promise<number> {
    return this.store.value<number>(
      sql`select count(*)::int as count from aid_history where plan_id = ${planId}::uuid and kind <> ${combineKind}`,
    );
  }

  /** Returns the open plan that undoes this one, or null. */
  async openUndo(planId: string): Promise<string | null> {
    return this.store.findValue<string>(sql`
      select id from plans where complete and origin = 'undo' and state in ('open', 'part-applied') and asked ->> 'plan' = ${planId}
      order by created_at limit 1`);
  }

  /** Lists the ids of aids that a plan changed. Pages are large, because each one sorts all remaining ids. */
  async *#aidsOf(planId: string): AsyncGenerator<string[]> {
    const pages = this.store.pages<{ aidId: string }, "aidId">(
      idsAPage,
      { aidId: "00000000-0000-0000-0000-000000000000" },
      (after) => sql`
        select distinct aid_id as "aidId" from aid_history where plan_id = ${planId}::uuid and kind <> ${combineKind} and aid_id > ${after.aidId}::uuid order by aid_id limit ${idsAPage}`,
    );
    for await (const rows of pages) yield rows.map(({ aidId }) => aidId);
  }

  /**
   * Returns all aids into which others were merged. There are few, and without an index each query scans the table, so one query reads all.
   */
  async #mergedInto(): Promise<ReadonlySet<string>> {
    return this.store.set<string>(sql`select distinct merged_into as "aidId" from aids where merged_into is not null`);
  }

  async #aids(aidIds: readonly string[]): Promise<ReadonlyMap<string, CuratedAid>> {
    const rows = await this.store.rows<StoredColumns & { connector: string; state: AidState }>(sql`
      select ${storedColumns}, aids.connector, ${aidState} as state
      from jsonb_array_elements_text(${storableJson(aidIds)}::jsonb) as picked (id) join aids_with_source aids on aids.aid_id = picked.id::uuid`);
    return new Map(rows.map((row) => [row.aidId, { ...row.state, ...storedAid(row, row.state.externalId), connector: row.connector }]));
  }

  /**
   * Returns a plan's revisions of these aids and all later ones, in order. `is not distinct from` keeps PostgreSQL from reading the whole plan
   * by its index for each aid, which it would do after a large plan, before the table has new statistics.
   */
  async #revisionsSince(planId: string, aidIds: readonly string[]): Promise<ReadonlyMap<string, readonly RevisionRow[]>> {
    const rows = await this.store.rows<RevisionRow & { aidId: string }>(sql`
      select history.aid_id as "aidId", history.kind, history.plan_id as "planId", coalesce(history.plan_id = ${planId}::uuid, false) as "isOwn",
        case when history.plan_id = ${planId}::uuid then history.fields end as fields, to_jsonb(array(select jsonb_object_keys(history.fields))) as names,
        case when history.plan_id = ${planId}::uuid then history.before else history.before - 'memo' end as before,
        plans.undone_by as "undoneBy", coalesce(plans.origin = 'undo' and plans.state = 'applied', false) as undoes
      from jsonb_array_elements_text(${storableJson(aidIds)}::jsonb) as picked (id)
        join history_with_values history on history.aid_id = picked.id::uuid left join plans on plans.id = history.plan_id
      where history.kind <> ${combineKind} and history.revision >= (
        select min(own.revision) from aid_history own
        where own.aid_id = history.aid_id and own.plan_id is not distinct from ${planId}::uuid and own.kind <> ${combineKind})
      order by history.aid_id, history.revision`);
    const histories = new Map<string, RevisionRow[]>();
    for (const row of rows) histories.set(row.aidId, [...(histories.get(row.aidId) ?? []), row]);
    return histories;
  }

  /** Returns the aids whose external id before the plan now belongs to another aid. */
  async #taken(
    aids: ReadonlyMap<string, CuratedAid>,
    histories: ReadonlyMap<string, readonly RevisionRow[]>,
  ): Promise<ReadonlySet<string>> {
    const former = [...aids.values()].flatMap(({ aidId, connector, externalId }) => {
      const before = histories.get(aidId)?.find(({ isOwn }) => isOwn)?.before ?? null;
      if (before === null) return [];
      const former = { aidId, connector: before.connector ?? connector, externalId: before.externalId };
      return former.connector === connector && former.externalId === externalId ? [] : [former];
    });
    if (former.length === 0) return new Set();
    return this.store.set<string>(sql`
      select former."aidId" from jsonb_to_recordset(${storableJson(former)}::jsonb) as former ("aidId" uuid, connector text, "externalId" text)
        join aids on aids.connector = former.connector and aids.external_id = former."externalId" and aids.aid_id <> former."aidId"`);
  }
}

interface RevisionRow extends Omit<LaterRevision, "fields" | "before"> {
  readonly kind: ChangeKind;
  readonly isOwn: boolean;
  /** Only for the plan's own revisions. */
  readonly fields: Change["fields"] | null;
  readonly names: readonly AidField[];
  /** Includes `memo` only for the plan's own revisions. */
  readonly before: AidState | null;
}

/** Combines the parts of a change. They have different fields, and at most one has a kind other than `update`. */
function asOne(revisions: readonly RevisionRow[]): Pick<Revertible, "kind" | "fields" | "before" | "later"> {
  const own = revisions.filter(({ isOwn }) => isOwn);
  const last = revisions.findLastIndex(({ isOwn }) => isOwn);
  return {
    kind: own.find(({ kind }) => kind !== "update")?.kind ?? "update",
    fields: Object.assign({}, ...own.map(({ fields }) => fields)),
    before: own[0]?.before ?? null,
    later: revisions
      .slice(last + 1)
      .map(({ planId, names, before, undoneBy, undoes }) => ({ planId, fields: names, before, undoneBy, undoes })),
  };
}
