import { type SQL, sql } from "drizzle-orm";
import type { AidField } from "../../model/aid/aid.ts";
import type { PlanOrigin, PlanState } from "../../model/plan/plan.ts";
import { allOf, type Store } from "../store.ts";
import { type ChangeFilter, hasMoved, isChosen } from "./plan-part.ts";
import {
  type PlannedChange,
  type PlannedRow,
  type PlanRecord,
  plannedChange,
  plannedColumns,
  plannedJoins,
  plannedLanguage,
  plannedTitle,
  plansWhere,
} from "./plan-reader.ts";

/**
 * Filters plans. `state`: a state, `waiting` for open plans, `held` for open plans that a guard holds, `requested` for open plans
 * that a person asked ops to apply. `who`: part of the name of the person who made, applied or closed it.
 */
export interface PlanListFilter {
  readonly connector?: string;
  readonly state?: PlanState | "waiting" | "held" | "requested";
  readonly origin?: PlanOrigin;
  readonly who?: string;
}

/** A change shown on a page. `hasMoved`: it is not applied, and its aid has changed since it was made. */
export interface ShownChange extends PlannedChange {
  readonly hasMoved: boolean;
}

/** An aid of a plan, with its title. */
export interface NamedAid {
  readonly aidId: string;
  readonly externalId: string;
  readonly title: string | null;
  readonly language: string | null;
}

/** Number of changes of a field. */
export interface FieldCount {
  readonly field: AidField;
  readonly count: number;
}

interface Page {
  readonly limit: number;
  readonly offset: number;
}

/** Reads plans and their changes by page. A plan with 50,000 changes opens as fast as a small one. */
export class PlanPageRepository {
  constructor(private readonly store: Store) {}

  /** Lists complete plans, newest first. */
  async list(filter: PlanListFilter, { limit, offset }: Page): Promise<PlanRecord[]> {
    return plansWhere(this.store, planCondition(filter), sql`order by created_at desc, id limit ${limit} offset ${offset}`);
  }

  async count(filter: PlanListFilter): Promise<number> {
    return this.store.value<number>(sql`select count(*)::int as count from plans where complete and ${planCondition(filter)}`);
  }

  /** Lists filtered changes by external id, and counts them up to `maxCount`. */
  async changes(
    planId: string,
    filter: ChangeFilter,
    { limit, offset }: Page,
    maxCount: number,
  ): Promise<{ readonly changes: ShownChange[]; readonly count: number }> {
    const rows = await this.store.rows<PlannedRow & { hasMoved: boolean; count: number }>(sql`
      with chosen as materialized (
        select aid_id, slice from changes where plan_id = ${planId}::uuid and ${isChosen(filter)}
        order by external_id, aid_id, slice limit ${maxCount}),
      page as materialized (select * from chosen limit ${limit} offset ${offset})
      select ${plannedColumns}, changes.part is null and plans.state in ('open', 'part-applied') and ${hasMoved} as "hasMoved",
        (select count(*)::int from chosen) as count
      from page join changes_with_values changes on changes.plan_id = ${planId}::uuid and changes.aid_id = page.aid_id and changes.slice = page.slice
        join plans on plans.id = changes.plan_id ${plannedJoins}
      order by changes.external_id, changes.aid_id, changes.slice`);
    const changes = rows.map(({ hasMoved: isMoved, count: _, ...row }) => ({ ...plannedChange(row), hasMoved: isMoved }));
    return { changes, count: rows[0]?.count ?? 0 };
  }

  /** Counts the changes of each field of a plan, most frequent first. Creations and withdrawals modify no field. */
  async countByField(planId: string): Promise<FieldCount[]> {
    return this.store.rows<FieldCount>(sql`
      select field, count(*)::int as count from changes cross join lateral jsonb_array_elements_text(field_names) as field
      where plan_id = ${planId}::uuid and kind not in ('create', 'withdraw') group by field order by count desc, field`);
  }

  /** Lists the aids of filtered changes, by external id. */
  async aids(planId: string, filter: ChangeFilter, limit: number): Promise<NamedAid[]> {
    return this.#named(planId, isChosen(filter), limit);
  }

  /** Lists the aids of unapplied changes that have changed since the plan was made, by external id. */
  async movedAids(planId: string, filter: ChangeFilter, limit: number): Promise<NamedAid[]> {
    return this.#named(planId, sql`changes.part is null and ${isChosen(filter)} and ${hasMoved}`, limit);
  }

  /** Counts moved aids among the first `limit` unapplied changes. */
  async countMoved(planId: string, limit: number): Promise<number> {
    return this.store.value<number>(sql`
      select count(*)::int as count from (
        select * from changes where plan_id = ${planId}::uuid and part is null limit ${limit}) changes where ${hasMoved}`);
  }

  async #named(planId: string, condition: SQL, limit: number): Promise<NamedAid[]> {
    return this.store.rows<NamedAid>(sql`
      with named as materialized (
        select distinct aid_id, external_id, kind, plan_id, part from changes where plan_id = ${planId}::uuid and ${condition} order by external_id limit ${limit})
      select changes.aid_id as "aidId", changes.external_id as "externalId", ${plannedTitle} as title, ${plannedLanguage} as language
      from named changes join plans on plans.id = changes.plan_id ${plannedJoins}
      order by changes.external_id`);
  }
}

function planCondition({ connector, state, origin, who }: PlanListFilter): SQL {
  const pattern = `%${(who ?? "").replace(/[%_\\]/g, "\\$&")}%`;
  return allOf([
    connector !== undefined && sql`connector = ${connector}`,
    origin !== undefined && sql`origin = ${origin}`,
    state !== undefined && stateCondition(state),
    who !== undefined && sql`(made_by ilike ${pattern} or applied_by ilike ${pattern} or closed_by ilike ${pattern})`,
  ]);
}

function stateCondition(state: NonNullable<PlanListFilter["state"]>): SQL {
  if (state === "waiting") return sql`state in ('open', 'part-applied')`;
  if (state === "requested") return sql`state in ('open', 'part-applied') and apply_request is not null`;
  return state === "held" ? sql`state in ('open', 'part-applied') and guards <> '[]'` : sql`state = ${state}`;
}
