import { sql } from "drizzle-orm";
import type { ChangeKind, PlanState } from "../../model/plan/plan.ts";
import { isoInstant, type Store } from "../store.ts";
import { type PlanRecord, plansWhere } from "./plan-reader.ts";

/** A plan that a publisher made, as it sees it. `at`: ISO instant. */
export interface OwnPlan {
  readonly planId: string;
  readonly asked: Readonly<Record<string, unknown>>;
  readonly state: PlanState;
  readonly at: string;
  /** A worker applies it soon. */
  readonly isQueued: boolean;
}

/** The changes that an act of a publisher may make. `hasFields`: they concern fields; otherwise only the watch of an aid. */
interface AllowedChanges {
  readonly kind: ChangeKind;
  readonly connectors: readonly string[];
  readonly hasFields: boolean;
}

/** Plans with the origin `publisher`, and dry runs that publishers ask for. */
export class PublisherPlanRepository {
  constructor(private readonly store: Store) {}

  /** Lists the last plans of a publisher, newest first. `aidId`: only those that change this aid. */
  list(publisherId: string, limit: number, aidId?: string): Promise<OwnPlan[]> {
    return this.store.rows<OwnPlan>(sql`
      select id as "planId", asked, state, ${isoInstant(sql`created_at`)} as at, state = 'open' and apply_request is not null as "isQueued" from plans
      where origin = 'publisher' and complete and asked ->> 'publisher' = ${publisherId}
        and ${aidId === undefined ? sql`true` : sql`exists (select from changes where changes.plan_id = plans.id and changes.aid_id = ${aidId}::uuid)`}
      order by created_at desc, id limit ${limit}`);
  }

  /** Lists the plans that wait for a worker, oldest first: those with a request to apply them. */
  async toApply(limit: number): Promise<PlanRecord[]> {
    const waits = sql`origin = 'publisher' and state = 'open' and apply_request is not null`;
    return plansWhere(this.store, waits, sql`order by created_at, id limit ${limit}`);
  }

  /**
   * Moves the waiting corrections of publishers to the newest revision of their aid, if none of their fields has changed since. They can wait
   * for days, and a night or a confirmation would otherwise make them impossible to apply. Returns the number of changes.
   */
  async followAids(): Promise<number> {
    const followed = await this.store.rows(sql`
      update changes set base_revision = aids.revision from plans, aids
      where plans.origin = 'publisher' and plans.state in ('open', 'part-applied') and plans.complete and changes.plan_id = plans.id
        and changes.part is null and changes.fields <> '{}' and aids.aid_id = changes.aid_id and aids.revision > changes.base_revision
        and aids.status not in ('deleted', 'merged') and not exists (
          select from aid_history history where history.aid_id = changes.aid_id and history.revision > changes.base_revision
            and history.fields ?| array(select jsonb_object_keys(changes.fields)))
      returning 1`);
    return followed.length;
  }

  /** Returns true if a plan has a change that is not allowed. */
  async exceeds(planId: string, { kind, connectors, hasFields }: AllowedChanges): Promise<boolean> {
    const isAllowed = hasFields ? sql`changes.state is null` : sql`changes.fields = '{}' and changes.state - 'watch' = '{}'`;
    return this.store.any(sql`
      select 1 from changes left join aids on aids.aid_id = changes.aid_id
      where changes.plan_id = ${planId}::uuid and not coalesce(changes.kind = ${kind} and ${isAllowed}
        and aids.connector in (select jsonb_array_elements_text(${JSON.stringify(connectors)}::jsonb)), false) limit 1`);
  }

  /**
   * Closes the open plan of a dry run that a publisher asked for. The public process may not delete the aids that the run prepared: `moisson
   * prune` does. Returns false if the plan was already closed.
   */
  async closeDryRun(runId: string, { now, by }: { readonly now: Date; readonly by: string }): Promise<boolean> {
    return this.store.transaction(async (transaction) => {
      const closed = await transaction.values<string>(sql`
        update plans set state = 'overtaken', closed_at = ${now.toISOString()}::timestamptz, closed_by = ${by}
        where run_id = ${runId}::uuid and origin = 'run' and state = 'open' returning id`);
      for (const id of closed) await transaction.rows(sql`delete from planned_absences where plan_id = ${id}::uuid`);
      return closed.length > 0;
    });
  }
}
