import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { AidContent } from "../../model/aid/aid.ts";
import type { Change, ChangeKind, PlanCounts, PlanOrigin } from "../../model/plan/plan.ts";
import type { Remark, RemarkCode } from "../../model/plan/remark.ts";
import { plans } from "../schema/tables.ts";
import { allOf, isUuid, type Store } from "../store.ts";
import { PlanMaterial } from "./plan-material.ts";
import { hasMoved, type PlanPart, partCondition } from "./plan-part.ts";

/**
 * A stored plan. `runId`: the run that made it, or that it undoes; null for a curator's plan. `connector`: null if the plan covers several.
 * `madeBy`: null for a run. `asked`: the person's request. `undoneBy`: the plan that undid it. `applyRequest`: the request of a person who may
 * not apply it; it stays after the plan is closed.
 */
export type PlanRecord = Readonly<Omit<typeof plans.$inferSelect, "id" | "complete" | "waits" | "counts">> & {
  readonly planId: string;
  readonly counts: PlanCounts;
};

/** Filters plans. */
export interface PlanFilter {
  readonly connector?: string;
  readonly origin?: PlanOrigin;
  readonly runId?: string;
  /** Beginning of the plan's id. `runBegins`: beginning of its run's id. */
  readonly begins?: string;
  readonly runBegins?: string;
  /** True: only plans with changes to apply. False: only the others. */
  readonly isOpen?: boolean;
  readonly limit?: number;
}

/** A change with the title of its aid. `isDone`: already applied with a part of its plan. */
export interface PlannedChange extends Change {
  readonly title: string | null;
  /** The language of the aid. */
  readonly language: string | null;
  readonly isDone: boolean;
  /** Filled fields of a creation that is not applied yet. Null for other changes. */
  readonly content: Partial<AidContent> | null;
}

/** A remark. `heldAs`: external id of its aid, or null if the aid is not in the catalogue. */
export interface ListedRemark extends Remark {
  readonly heldAs: string | null;
}

/** Number of changes by kind, without zeros. */
export type KindCounts = Partial<Record<ChangeKind, number>>;

const changesAPage = 500;

/** Reads plans and their changes. */
export class PlanReader extends PlanMaterial {
  /** Finds a plan. Returns null if it does not exist or is incomplete, and for a text that is no id. */
  async find(planId: string): Promise<PlanRecord | null> {
    if (!isUuid(planId)) return null;
    return (await plansWhere(this.store, sql`id = ${planId}::uuid`))[0] ?? null;
  }

  /** Lists complete plans, newest first. */
  async list(filter: PlanFilter = {}): Promise<PlanRecord[]> {
    const { connector, origin, runId, begins, runBegins, isOpen } = filter;
    const condition = allOf([
      connector !== undefined && sql`connector = ${connector}`,
      origin !== undefined && sql`origin = ${origin}`,
      runId !== undefined && sql`run_id = ${runId}::uuid`,
      begins !== undefined && sql`starts_with(id::text, ${begins.toLowerCase()})`,
      runBegins !== undefined && sql`starts_with(run_id::text, ${runBegins.toLowerCase()})`,
      isOpen !== undefined && sql`state ${isOpen ? sql`in` : sql`not in`} ('open', 'part-applied')`,
    ]);
    return plansWhere(this.store, condition, sql`order by created_at desc, id limit ${filter.limit ?? 50}`);
  }

  /** Lists the changes of a plan in pages, by external id. `part`: only the changes in this part, with all their fields. */
  async *changes(planId: string, part: PlanPart = {}): AsyncGenerator<PlannedChange[]> {
    const pages = this.store.pages<PlannedRow, "externalId" | "aidId" | "slice">(
      changesAPage,
      { externalId: "", aidId: "00000000-0000-0000-0000-000000000000", slice: -1 },
      (after) => sql`
        select ${plannedColumns} from plans join changes_with_values changes on changes.plan_id = plans.id ${plannedJoins}
        where plans.id = ${planId}::uuid and (changes.external_id, changes.aid_id, slice) > (${after.externalId}, ${after.aidId}::uuid, ${after.slice})
          and ${partCondition(part)}
        order by changes.external_id, changes.aid_id, slice limit ${changesAPage}`,
    );
    for await (const rows of pages) yield rows.map(plannedChange);
  }

  /** Returns a few changes of a plan in any order. Fast even for a large plan. */
  async sample(planId: string, limit: number): Promise<PlannedChange[]> {
    const rows = await this.store.rows<PlannedRow>(sql`
      select ${plannedColumns} from plans join changes_with_values changes on changes.plan_id = plans.id ${plannedJoins}
      where plans.id = ${planId}::uuid and slice = 0 order by changes.aid_id limit ${limit}`);
    return rows.map(plannedChange);
  }

  /** Returns true if a plan has no changes. */
  async isEmpty(planId: string): Promise<boolean> {
    return !(await this.store.any(sql`select 1 from changes where plan_id = ${planId}::uuid limit 1`));
  }

  /** Counts the changes of a plan, or of a part, by kind. */
  async countByKind(planId: string, part: PlanPart = {}): Promise<KindCounts> {
    return kindCounts(
      await this.store.rows(sql`
        select kind, count(*)::int as count from changes where plan_id = ${planId}::uuid and ${partCondition(part)} group by kind`),
    );
  }

  /** Counts the unapplied changes of a plan, or of a part, by kind. Empty for a closed plan. */
  async countLeft(planId: string, part: PlanPart = {}): Promise<KindCounts> {
    return kindCounts(
      await this.store.rows(sql`
        select kind, count(*)::int as count from changes join plans on plans.id = changes.plan_id
        where plans.id = ${planId}::uuid and plans.state in ('open', 'part-applied') and changes.part is null and ${partCondition(part)} group by kind`),
    );
  }

  /** Returns the number of unapplied changes whose aid has changed since, and the first ones by external id. */
  async moved(planId: string, examples: number): Promise<{ count: number; examples: string[] }> {
    return this.store.row(sql`
      with moved as (select external_id from changes where plan_id = ${planId}::uuid and part is null and ${hasMoved})
      select (select count(*)::int from moved) as count,
        coalesce((select jsonb_agg(external_id) from (select external_id from moved order by external_id limit ${examples}) first), '[]') as examples`);
  }

  /** Returns ids of the plan's aids that match `named`: our id, the publisher's id (new or old), or connector/externalId. */
  async aidsNamed(planId: string, named: string): Promise<string[]> {
    return this.store.values<string>(sql`
      select distinct changes.aid_id::text as "aidId"
      from plans join changes on changes.plan_id = plans.id left join aids on aids.aid_id = changes.aid_id
      where plans.id = ${planId}::uuid and ${named} in (changes.aid_id::text, changes.external_id, aids.external_id,
        coalesce(aids.connector, plans.connector) || '/' || changes.external_id, aids.connector || '/' || aids.external_id)`);
  }

  /** Lists a plan's remarks on aids it does not change, in order. */
  async remarks(planId: string, limit = 1000, offset = 0): Promise<ListedRemark[]> {
    return this.store.rows<ListedRemark>(sql`
      select code, plan_remarks.aid_id as "aidId", plan_remarks.external_id as "externalId", params, aids.external_id as "heldAs"
      from plan_remarks left join aids on aids.aid_id = plan_remarks.aid_id
      where plan_id = ${planId}::uuid order by plan_remarks.id limit ${limit} offset ${offset}`);
  }

  /** Returns the connector to which a plan has moved the aids of this one, or null. Of several moves, the last one counts. */
  async movedTo(connector: string): Promise<string | null> {
    return this.store.findValue<string | null>(sql`
      select case when asked ->> 'from' = ${connector} then asked ->> 'to' end as "to" from plans
      where origin = 'move' and state in ('applied', 'part-applied') and undone_by is null and ${connector} in (asked ->> 'from', asked ->> 'to')
      order by applied_at desc limit 1`);
  }

  /** Counts the remarks of a plan by code. */
  async countRemarks(planId: string): Promise<Partial<Record<RemarkCode, number>>> {
    const counts = await this.store.map<RemarkCode, number>(sql`
      select code, count(*)::int as count from plan_remarks where plan_id = ${planId}::uuid group by code`);
    return Object.fromEntries(counts);
  }
}

function kindCounts(rows: readonly { readonly kind: ChangeKind; readonly count: number }[]): KindCounts {
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
}

/** A row with `plannedColumns`. */
export interface PlannedRow extends PlannedChange {
  readonly slice: number;
}

/** Displayed title of a current or future aid. */
export const plannedTitle = sql`coalesce(aids.edits #>> '{name,value}', aids.kept ->> 'name', aids.imported ->> 'name', prepared.content ->> 'name')`;

/** Language of a current or future aid. */
export const plannedLanguage = sql`coalesce(aids.imported ->> 'language', prepared.content ->> 'language')`;

/** Columns of a planned change, from `plans`, `changes_with_values`, named `changes`, and `plannedJoins`. */
export const plannedColumns = sql`changes.aid_id as "aidId", changes.external_id as "externalId", changes.kind, changes.base_revision as "baseRevision",
  changes.fields, changes.state, changes.match, changes.note, changes.slice, changes.part is not null or plans.state = 'applied' as "isDone", prepared.content,
  ${plannedTitle} as title, ${plannedLanguage} as language`;

/** Joins the aid of a change, or its prepared content if it is to be created. */
export const plannedJoins = sql`left join aids_with_source aids on aids.aid_id = changes.aid_id
  left join planned_aids planned on changes.kind = 'create' and changes.part is null
    and planned.run_id = plans.run_id and planned.external_id = changes.external_id
  left join contents prepared on prepared.id = planned.content_id`;

/** Returns the change of a row. */
export function plannedChange({ slice: _, state, match, note, ...row }: PlannedRow): PlannedChange {
  return { ...row, ...(state && { state }), ...(match && { match }), ...(note && { note }) };
}

/** Returns the complete plans that meet a condition on `plans`. `rest`: the query from its order on. */
export async function plansWhere(store: Store, condition: SQL, rest: SQL = sql``): Promise<PlanRecord[]> {
  const rows = await store.select(getTableColumns(plans), sql`from plans where complete and ${condition} ${rest}`);
  return rows.map(({ id, complete: _, ...row }) => ({ ...row, planId: id, counts: row.counts as PlanCounts }));
}
