import { sql } from "drizzle-orm";
import type { AidField } from "../aid/aid.ts";
import type { AidState, Change, ChangeKind } from "../aid/plan.ts";
import type { CuratedAid } from "./aid-repository.ts";
import { aidState } from "./aid-state.ts";
import { type HeldColumns, heldAid, heldColumns } from "./held-aid.ts";
import type { Store } from "./store.ts";

/** What a plan did to an aid, with what is needed to take it back. */
export interface Revertible {
  readonly aidId: string;
  readonly kind: ChangeKind;
  readonly fields: Change["fields"];
  /** What the aid was beside its fields; null for a creation, and in catalogues from before plans could be undone. */
  readonly before: AidState | null;
  /** The same when the plan was done with it. */
  readonly after: AidState | null;
  /** The aid as it is now; null where it is no longer there. */
  readonly aid: CuratedAid | null;
  /** Fields and parts of its state that later plans have changed, but for what was undone. */
  readonly touched: ReadonlySet<AidField | keyof AidState>;
  /** Another aid was merged into it. */
  readonly isMergedInto: boolean;
  /** Another aid has the external id that it had before. */
  readonly isIdTaken: boolean;
}

const aidsAPage = 500;

/** What plans did to the aids of the catalogue, as undo needs it. */
export class HistoryRepository {
  constructor(private readonly store: Store) {}

  /** What a plan did, aid by aid, in pages. A plan that was applied in parts did several things to one aid: they come as one. */
  async *revertible(planId: string): AsyncGenerator<Revertible[]> {
    const mergedInto = await this.#mergedInto();
    for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
      const rows = await this.#page(planId, after);
      if (rows.length > 0) yield rows.map((row) => revertibleOf(row, mergedInto));
      const last = rows.at(-1);
      if (last === undefined || rows.length < aidsAPage) return;
      after = last.historyOf;
    }
  }

  /** How many changes of aids a plan has made so far. */
  async countRevisions(planId: string): Promise<number> {
    const { count } = await this.store.row<{ count: number }>(sql`
      select count(*)::int as count from aid_history where plan_id = ${planId}::uuid`);
    return count;
  }

  /** The open plan that undoes this one; null where there is none. */
  async openUndo(planId: string): Promise<string | null> {
    const [open] = await this.store.rows<{ id: string }>(sql`
      select id from plans where complete and origin = 'undo' and state in ('open', 'part-applied') and asked ->> 'plan' = ${planId}
      order by created_at limit 1`);
    return open?.id ?? null;
  }

  /** Looked up once: no index leads to the aids that were merged, and persons merge few. */
  async #mergedInto(): Promise<ReadonlySet<string>> {
    const rows = await this.store.rows<{ aidId: string }>(
      sql`select distinct merged_into as "aidId" from aids where merged_into is not null`,
    );
    return new Set(rows.map(({ aidId }) => aidId));
  }

  /**
   * `names`: what later revisions changed, by name: the fields of each, and the parts of the state that the next one found different. Record hash and memo are
   * left out: they follow the feed without a revision. What was undone by a plan that took it back on this aid counts as never done.
   */
  async #page(planId: string, after: string): Promise<RevertibleRow[]> {
    return this.store.rows<RevertibleRow>(sql`
      with picked as materialized (
        select distinct aid_id from aid_history where plan_id = ${planId}::uuid and aid_id > ${after}::uuid order by aid_id limit ${aidsAPage}
      ), own as materialized (
        select aid_id, max(revision) as last, jsonb_agg(jsonb_build_object('kind', kind, 'fields', fields, 'before', before) order by revision) as revisions
        from picked join aid_history using (aid_id) where plan_id = ${planId}::uuid group by aid_id
      ), later as materialized (
        select history.aid_id, history.revision, history.plan_id, history.fields, history.before, plans.undone_by,
          coalesce(plans.origin = 'undo' and plans.state = 'applied', false) as undoes,
          coalesce(lead(history.before) over (partition by history.aid_id order by history.revision), case when aids.aid_id is not null then ${aidState} end)
            as after
        from own join aid_history history on history.aid_id = own.aid_id and history.revision > own.last
          left join plans on plans.id = history.plan_id left join aids on aids.aid_id = own.aid_id
      ), names as materialized (
        select later.aid_id, later.plan_id, later.undone_by, later.undoes, named.name from later cross join lateral (
          select jsonb_object_keys(later.fields) as name
          union
          select key from jsonb_each(later.before) where key not in ('recordHash', 'memo') and value is distinct from later.after -> key
        ) named
      ), touched as (
        select aid_id, jsonb_agg(distinct name) as names from names
        where not undoes and not exists (
          select from names undoing where undoing.aid_id = names.aid_id and undoing.plan_id = names.undone_by and undoing.name = names.name)
        group by aid_id
      ), next as (select distinct on (aid_id) aid_id, before from later order by aid_id, revision)
      select own.aid_id as "historyOf", own.revisions, coalesce(touched.names, '[]') as touched, ${heldColumns}, aids.connector,
        case when aids.aid_id is not null then ${aidState} end as now, next.before as "nextBefore",
        exists (select from aids other where other.connector = aids.connector and other.external_id = own.revisions #>> '{0,before,externalId}'
          and other.aid_id <> aids.aid_id) as "isIdTaken"
      from own left join aids on aids.aid_id = own.aid_id left join touched on touched.aid_id = own.aid_id left join next on next.aid_id = own.aid_id
      order by own.aid_id`);
  }
}

interface RevertibleRow extends HeldColumns {
  readonly historyOf: string;
  /** Oldest first. */
  readonly revisions: readonly Pick<Revertible, "kind" | "fields" | "before">[];
  readonly touched: readonly (AidField | keyof AidState)[];
  readonly connector: string;
  readonly now: AidState | null;
  readonly nextBefore: AidState | null;
  readonly isIdTaken: boolean;
}

function revertibleOf(row: RevertibleRow, mergedInto: ReadonlySet<string>): Revertible {
  const { historyOf: aidId, revisions, touched, now, nextBefore, isIdTaken } = row;
  return {
    aidId,
    // Parts of a change have fields of their own; one of them brought what concerns the aid as a whole.
    kind: revisions.find(({ kind }) => kind !== "update")?.kind ?? "update",
    fields: Object.assign({}, ...revisions.map(({ fields }) => fields)),
    before: revisions[0]?.before ?? null,
    after: nextBefore ?? now,
    aid: now === null ? null : { ...now, ...heldAid(row, now.externalId), connector: row.connector },
    touched: new Set(touched),
    isMergedInto: mergedInto.has(aidId),
    isIdTaken,
  };
}
