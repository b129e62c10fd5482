import { sql } from "drizzle-orm";
import type { AidField } from "../../model/aid/aid.ts";
import type { AidState, Change, ChangeKind } from "../../model/plan/plan.ts";
import { storableJson } from "../storable-json.ts";
import type { Store } from "../store.ts";
import type { CuratedAid } from "./aid-repository.ts";
import { aidState } from "./aid-state.ts";
import { type HeldColumns, heldAid, heldColumns } from "./held-aid.ts";

/** One revision of an aid. */
export interface AidRevision {
  readonly revision: number;
  /** ISO instant. */
  readonly at: string;
  readonly runId: string | null;
  readonly planId: string | null;
  readonly kind: ChangeKind;
  readonly fields: Change["fields"];
  /** What the aid was beside its fields; null for a creation. */
  readonly before: AidState | null;
  /** `run`, or the person's name. */
  readonly by: string | null;
  readonly note: string | null;
  /** It took back what the run, or another plan, had done. */
  readonly isUndo: boolean;
}

/** The state of an aid, as far as it tells what was changed. */
export type PriorState = Omit<AidState, "memo">;

/** A revision that came after what is to be taken back. */
export interface LaterRevision {
  /** Null in catalogues from before plans were kept. */
  readonly planId: string | null;
  /** Fields that it changed. */
  readonly fields: readonly AidField[];
  /** What the aid was beside its fields before it. */
  readonly before: PriorState | null;
  /** The plan that undid its plan. */
  readonly undoneBy: string | null;
  /** Its plan is an undo, applied in whole. */
  readonly undoes: boolean;
}

/** What a plan did to an aid, and what became of the aid since. */
export interface Revertible {
  readonly aidId: string;
  readonly kind: ChangeKind;
  readonly fields: Change["fields"];
  /** What the aid was beside its fields; null for a creation, and in catalogues from before plans could be undone. */
  readonly before: AidState | null;
  /** Oldest first. */
  readonly later: readonly LaterRevision[];
  /** The aid as it is now; null where it is no longer there. */
  readonly aid: CuratedAid | null;
  /** Another aid was merged into it. */
  readonly isMergedInto: boolean;
  /** Another aid has the external id that it had before. */
  readonly isIdTaken: boolean;
}

const aidsAPage = 500;
const idsAPage = 10_000;

/** What plans did to the aids of the catalogue, as undo needs it. */
export class HistoryRepository {
  constructor(private readonly store: Store) {}

  /** What became of an aid, oldest revision first. */
  async list(aidId: string): Promise<AidRevision[]> {
    return this.store.rows<AidRevision>(sql`
      select revision, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, run_id as "runId", plan_id as "planId", kind, fields,
        before, by, note, coalesce((select origin = 'undo' from plans where plans.id = aid_history.plan_id), false) as "isUndo"
      from aid_history where aid_id = ${aidId}::uuid order by revision`);
  }

  /** What a plan did, aid by aid, in pages. A plan that was applied in parts did several things to one aid: they come as one. */
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

  /** How many changes of aids a plan has made so far. */
  async countRevisions(planId: string): Promise<number> {
    const { count } = await this.store.row<{ count: number }>(
      sql`select count(*)::int as count from aid_history where plan_id = ${planId}::uuid`,
    );
    return count;
  }

  /** The open plan that undoes this one; null where there is none. */
  async openUndo(planId: string): Promise<string | null> {
    const [open] = await this.store.rows<{ id: string }>(sql`
      select id from plans where complete and origin = 'undo' and state in ('open', 'part-applied') and asked ->> 'plan' = ${planId}
      order by created_at limit 1`);
    return open?.id ?? null;
  }

  /** Permanent ids of the aids that a plan changed, many at a time: each page sorts what is left of them. */
  async *#aidsOf(planId: string): AsyncGenerator<string[]> {
    for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
      const rows = await this.store.rows<{ aidId: string }>(sql`
        select distinct aid_id as "aidId" from aid_history where plan_id = ${planId}::uuid and aid_id > ${after}::uuid order by aid_id limit ${idsAPage}`);
      if (rows.length > 0) yield rows.map(({ aidId }) => aidId);
      const last = rows.at(-1);
      if (last === undefined || rows.length < idsAPage) return;
      after = last.aidId;
    }
  }

  /** Looked up once: no index leads to the aids that were merged, and persons merge few. */
  async #mergedInto(): Promise<ReadonlySet<string>> {
    const rows = await this.store.rows<{ aidId: string }>(
      sql`select distinct merged_into as "aidId" from aids where merged_into is not null`,
    );
    return new Set(rows.map(({ aidId }) => aidId));
  }

  async #aids(aidIds: readonly string[]): Promise<ReadonlyMap<string, CuratedAid>> {
    const rows = await this.store.rows<HeldColumns & { connector: string; state: AidState }>(sql`
      select ${heldColumns}, aids.connector, ${aidState} as state
      from jsonb_array_elements_text(${storableJson(aidIds)}::jsonb) as picked (id) join aids on aids.aid_id = picked.id::uuid`);
    return new Map(rows.map((row) => [row.aidId, { ...row.state, ...heldAid(row, row.state.externalId), connector: row.connector }]));
  }

  /** What a plan did to these aids, and every revision of them since, in order. */
  async #revisionsSince(planId: string, aidIds: readonly string[]): Promise<ReadonlyMap<string, readonly RevisionRow[]>> {
    const rows = await this.store.rows<RevisionRow & { aidId: string }>(sql`
      select history.aid_id as "aidId", history.kind, history.plan_id as "planId", coalesce(history.plan_id = ${planId}::uuid, false) as "isOwn",
        case when history.plan_id = ${planId}::uuid then history.fields end as fields, to_jsonb(array(select jsonb_object_keys(history.fields))) as names,
        case when history.plan_id = ${planId}::uuid then history.before else history.before - 'memo' end as before,
        plans.undone_by as "undoneBy", coalesce(plans.origin = 'undo' and plans.state = 'applied', false) as undoes
      from jsonb_array_elements_text(${storableJson(aidIds)}::jsonb) as picked (id)
        join aid_history history on history.aid_id = picked.id::uuid left join plans on plans.id = history.plan_id
      where history.seq >= (select min(seq) from aid_history where plan_id = ${planId}::uuid)
      order by history.aid_id, history.revision`);
    const histories = new Map<string, RevisionRow[]>();
    for (const row of rows) histories.set(row.aidId, [...(histories.get(row.aidId) ?? []), row]);
    return histories;
  }

  /** Of aids that had another external id: those whose former one another aid has by now. */
  async #taken(
    aids: ReadonlyMap<string, CuratedAid>,
    histories: ReadonlyMap<string, readonly RevisionRow[]>,
  ): Promise<ReadonlySet<string>> {
    const former = [...aids.values()].flatMap(({ aidId, connector, externalId }) => {
      const before = histories.get(aidId)?.find(({ isOwn }) => isOwn)?.before?.externalId;
      return before === undefined || before === externalId ? [] : [{ aidId, connector, externalId: before }];
    });
    if (former.length === 0) return new Set();
    const rows = await this.store.rows<{ aidId: string }>(sql`
      select former."aidId" from jsonb_to_recordset(${storableJson(former)}::jsonb) as former ("aidId" uuid, connector text, "externalId" text)
        join aids on aids.connector = former.connector and aids.external_id = former."externalId" and aids.aid_id <> former."aidId"`);
    return new Set(rows.map(({ aidId }) => aidId));
  }
}

interface RevisionRow extends Omit<LaterRevision, "fields" | "before"> {
  readonly kind: ChangeKind;
  readonly isOwn: boolean;
  /** Of the plan's own revisions only. */
  readonly fields: Change["fields"] | null;
  readonly names: readonly AidField[];
  /** With its memo in the plan's own revisions only. */
  readonly before: AidState | null;
}

/** Parts of a change have fields of their own; one of them brought what concerns the aid as a whole. */
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
