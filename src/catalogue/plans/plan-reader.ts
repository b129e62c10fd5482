import { and, desc, eq, inArray, notInArray, sql } from "drizzle-orm";
import type { AidContent } from "../../model/aid/aid.ts";
import type { Change, ChangeKind, GuardFinding, PlanCounts, PlanOrigin, PlanState, Remark, RemarkCode } from "../../model/plan/plan.ts";
import { plans } from "../schema/tables.ts";
import { hasMoved } from "./has-moved.ts";
import { PlanMaterial } from "./plan-material.ts";
import { isInPart, type PlanPart } from "./plan-part.ts";

/** A plan as the catalogue keeps it. */
export interface PlanRecord {
  readonly planId: string;
  readonly origin: PlanOrigin;
  /** The run that made it, or that it undoes; null for what a curator does. */
  readonly runId: string | null;
  /** Null where a curator's filter reaches over several. */
  readonly connector: string | null;
  /** Name of the person who made it; null for a run. */
  readonly madeBy: string | null;
  /** What the person asked for. */
  readonly asked: Readonly<Record<string, unknown>> | null;
  readonly state: PlanState;
  readonly counts: PlanCounts;
  readonly guards: readonly GuardFinding[];
  readonly warnings: readonly GuardFinding[];
  readonly createdAt: Date;
  readonly appliedAt: Date | null;
  readonly appliedBy: string | null;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  readonly note: string | null;
  /** The plan that undid it. */
  readonly undoneBy: string | null;
}

/** Which plans. */
export interface PlanFilter {
  readonly connector?: string;
  readonly origin?: PlanOrigin;
  readonly runId?: string;
  /** With the beginning of an id; `runBegins`: of the id of their run. */
  readonly begins?: string;
  readonly runBegins?: string;
  /** Of which something is left to apply, or nothing. */
  readonly isOpen?: boolean;
  readonly limit?: number;
}

/** A change as it is shown: with the title of its aid, and whether it was applied with a part of its plan. */
export interface PlannedChange extends Change {
  readonly title: string | null;
  readonly isDone: boolean;
  /** What a creation that waits will bring, filled fields only; null for every other change. */
  readonly content: Partial<AidContent> | null;
}

/** A remark beside the publisher's id of its aid: null where it is about none that we hold. */
export interface ListedRemark extends Remark {
  readonly heldAs: string | null;
}

/** Changes by kind; kinds of which there are none are left out. */
export type KindCounts = Partial<Record<ChangeKind, number>>;

const changesAPage = 500;

/** Plans as they are read: by whoever decides about them, and by whoever wants to know what they did. */
export class PlanReader extends PlanMaterial {
  /** Null where there is no such plan, or it is not complete. */
  async find(planId: string): Promise<PlanRecord | null> {
    const [plan] = await this.store.query((database) => database.select().from(plans).where(eq(plans.id, planId)));
    return plan?.complete ? planRecord(plan) : null;
  }

  /** Complete plans, newest first. */
  async list(filter: PlanFilter = {}): Promise<PlanRecord[]> {
    const { connector, origin, runId, begins, runBegins, isOpen } = filter;
    const inOpenState = isOpen === true ? inArray : notInArray;
    const found = await this.store.query((database) =>
      database
        .select()
        .from(plans)
        .where(
          and(
            plans.complete,
            connector === undefined ? undefined : eq(plans.connector, connector),
            origin === undefined ? undefined : eq(plans.origin, origin),
            runId === undefined ? undefined : eq(plans.runId, runId),
            begins === undefined ? undefined : sql`starts_with(${plans.id}::text, ${begins.toLowerCase()})`,
            runBegins === undefined ? undefined : sql`starts_with(${plans.runId}::text, ${runBegins.toLowerCase()})`,
            isOpen === undefined ? undefined : inOpenState(plans.state, ["open", "part-applied"]),
          ),
        )
        .orderBy(desc(plans.createdAt), plans.id)
        .limit(filter.limit ?? 50),
    );
    return found.map(planRecord);
  }

  /** Changes of a plan, by external id, in pages; `part`: those that it selects, whole. */
  async *changes(planId: string, part: PlanPart = {}): AsyncGenerator<PlannedChange[]> {
    for (let after = { externalId: "", aidId: "00000000-0000-0000-0000-000000000000", slice: -1 }; ; ) {
      const rows = await this.store.rows<PlannedRow>(sql`
        select ${plannedColumns} from plans join changes on changes.plan_id = plans.id ${plannedJoins}
        where plans.id = ${planId}::uuid and (changes.external_id, changes.aid_id, slice) > (${after.externalId}, ${after.aidId}::uuid, ${after.slice})
          and ${isInPart(part)}
        order by changes.external_id, changes.aid_id, slice limit ${changesAPage}`);
      if (rows.length > 0) yield rows.map(plannedChange);
      const last = rows.at(-1);
      if (last === undefined || rows.length < changesAPage) return;
      after = last;
    }
  }

  /** A few changes of a plan, as the key has them: in no order that means anything, and as fast of many as of few. */
  async sample(planId: string, limit: number): Promise<PlannedChange[]> {
    const rows = await this.store.rows<PlannedRow>(sql`
      select ${plannedColumns} from plans join changes on changes.plan_id = plans.id ${plannedJoins}
      where plans.id = ${planId}::uuid and slice = 0 order by changes.aid_id limit ${limit}`);
    return rows.map(plannedChange);
  }

  /** True where a plan has no change at all. */
  async isEmpty(planId: string): Promise<boolean> {
    return (await this.store.rows(sql`select 1 from changes where plan_id = ${planId}::uuid limit 1`)).length === 0;
  }

  /** How many changes of each kind a plan has, or a part of it. */
  async countByKind(planId: string, part: PlanPart = {}): Promise<KindCounts> {
    return kindCounts(
      await this.store.rows(sql`
        select kind, count(*)::int as count from changes where plan_id = ${planId}::uuid and ${isInPart(part)} group by kind`),
    );
  }

  /** How many changes of each kind are not applied yet of a plan, or of a part of it; none of a plan that is closed. */
  async countLeft(planId: string, part: PlanPart = {}): Promise<KindCounts> {
    return kindCounts(
      await this.store.rows(sql`
        select kind, count(*)::int as count from changes join plans on plans.id = changes.plan_id
        where plans.id = ${planId}::uuid and plans.state in ('open', 'part-applied') and changes.part is null and ${isInPart(part)} group by kind`),
    );
  }

  /** Changes not applied yet whose aid is no longer what they were made from: number and the first few, by external id. */
  async moved(planId: string, examples: number): Promise<{ count: number; examples: string[] }> {
    return this.store.row(sql`
      with moved as (select external_id from changes where plan_id = ${planId}::uuid and part is null and ${hasMoved})
      select (select count(*)::int from moved) as count,
        coalesce((select jsonb_agg(external_id) from (select external_id from moved order by external_id limit ${examples}) first), '[]') as examples`);
  }

  /** Permanent ids of the aids that a plan changes and that `named` means: by that id, by the publisher's (new or old), or by connector/externalId. */
  async aidsNamed(planId: string, named: string): Promise<string[]> {
    const rows = await this.store.rows<{ aidId: string }>(sql`
      select distinct changes.aid_id::text as "aidId"
      from plans join changes on changes.plan_id = plans.id left join aids on aids.aid_id = changes.aid_id
      where plans.id = ${planId}::uuid and ${named} in (changes.aid_id::text, changes.external_id, aids.external_id,
        coalesce(aids.connector, plans.connector) || '/' || changes.external_id, aids.connector || '/' || aids.external_id)`);
    return rows.map(({ aidId }) => aidId);
  }

  /** What a plan says of aids that it does not change, in the order in which it was said. */
  async remarks(planId: string, limit = 1000, offset = 0): Promise<ListedRemark[]> {
    return this.store.rows<ListedRemark>(sql`
      select code, plan_remarks.aid_id as "aidId", plan_remarks.external_id as "externalId", params, aids.external_id as "heldAs"
      from plan_remarks left join aids on aids.aid_id = plan_remarks.aid_id
      where plan_id = ${planId}::uuid order by plan_remarks.id limit ${limit} offset ${offset}`);
  }

  /** How many remarks of each code a plan has. */
  async countRemarks(planId: string): Promise<Partial<Record<RemarkCode, number>>> {
    const rows = await this.store.rows<{ code: RemarkCode; count: number }>(sql`
      select code, count(*)::int as count from plan_remarks where plan_id = ${planId}::uuid group by code`);
    return Object.fromEntries(rows.map(({ code, count }) => [code, count]));
  }
}

function kindCounts(rows: readonly { readonly kind: ChangeKind; readonly count: number }[]): KindCounts {
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
}

/** A change as `plannedColumns` give it. */
export interface PlannedRow extends PlannedChange {
  readonly slice: number;
}

/** Title as shown, of an aid that we hold or one to come. */
export const plannedTitle = sql`coalesce(aids.edits #>> '{name,value}', aids.kept ->> 'name', aids.imported ->> 'name', planned.content ->> 'name')`;

/** What a change is shown with, of `plans`, `changes`, and what `plannedJoins` adds. */
export const plannedColumns = sql`changes.aid_id as "aidId", changes.external_id as "externalId", changes.kind, changes.base_revision as "baseRevision",
  changes.fields, changes.state, changes.match, changes.note, changes.slice, changes.part is not null or plans.state = 'applied' as "isDone", planned.content,
  ${plannedTitle} as title`;

/** The aid of a change, and what it will bring where it is to be created. */
export const plannedJoins = sql`left join aids on aids.aid_id = changes.aid_id
  left join planned_aids planned on changes.kind = 'create' and changes.part is null
    and planned.run_id = plans.run_id and planned.external_id = changes.external_id`;

/** The change of a row. */
export function plannedChange({ slice: _, state, match, note, ...row }: PlannedRow): PlannedChange {
  return { ...row, ...(state && { state }), ...(match && { match }), ...(note && { note }) };
}

/** The plan of a row. */
export function planRecord({ id, complete: _, ...row }: typeof plans.$inferSelect): PlanRecord {
  return {
    ...row,
    planId: id,
    asked: row.asked as PlanRecord["asked"],
    counts: row.counts as PlanCounts,
    guards: row.guards as GuardFinding[],
    warnings: row.warnings as GuardFinding[],
  };
}
