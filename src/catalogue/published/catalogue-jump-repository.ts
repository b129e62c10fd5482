import { sql } from "drizzle-orm";
import { openLicences } from "../../model/aid/open-data.ts";
import type { PlanState } from "../../model/plan/plan.ts";
import { isoInstant, type Store, textArray } from "../store.ts";
import { isReadable, publishedCondition } from "./published-condition.ts";

/** A plan that changes more than a tenth of the aids that everybody may read. Counts are of these aids. Instants are ISO. */
export interface CatalogueJump {
  readonly planId: string;
  /** Null if the plan covers several connectors. */
  readonly connector: string | null;
  readonly state: PlanState;
  /** The plan waits, or has waited, for a person. */
  readonly waits: boolean;
  readonly createdAt: string;
  /** When it was applied or closed. */
  readonly endedAt: string | null;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/** A plan that is large enough by its own counts, which include aids that are not public. */
type LargePlan = Omit<CatalogueJump, "added" | "changed" | "removed"> & { readonly upTo: number; readonly readable: number };

/** How long a jump is reported. The changes of closed plans are kept as long. */
const reportedDays = 30;
/** Kinds of changes that take an aid off the site. */
const leavingKinds = ["withdraw", "unpublish", "reject", "merge", "remove", "suspend"];

const countedChanges = sql`(select coalesce(sum((counts ->> name)::int), 0)
  from unnest(array['created', 'updated', 'restored', 'withdrawn', 'removed']) name)`;
const withoutUnindexed = sql`(state <> 'applied' or exists (
  select from applied_plans applied where applied.plan_id = plans.id and applied.last_seq <= search_state.up_to))`;

/** Reads the jumps of the catalogue: plans that wait, and plans that were applied or closed. */
export class CatalogueJumpRepository {
  #known: { readonly plans: string; readonly jumps: readonly CatalogueJump[] } = { plans: "[]", jumps: [] };

  constructor(private readonly store: Store) {}

  /** Lists the jumps planned in the last 30 days, newest first. An applied plan is listed once its aids are indexed, so that clients see them. */
  async recent(now: Date): Promise<readonly CatalogueJump[]> {
    const large = await this.store.rows<LargePlan>(sql`
      with public as (select count(*)::int as readable from aid_search where ${publishedCondition({ licences: [...openLicences] })})
      select id::text as "planId", connector, state, waits, ${isoInstant(sql`created_at`)} as "createdAt",
        ${isoInstant(sql`coalesce(applied_at, closed_at)`)} as "endedAt", readable, up_to::float8 as "upTo"
      from plans, search_state, public
      where complete and (waits or state = 'applied') and created_at > ${now.toISOString()}::timestamptz - make_interval(days => ${reportedDays})
        and ${countedChanges} * 10 > readable and ${withoutUnindexed}
      order by created_at desc, id`);
    const plans = JSON.stringify(large);
    if (this.#known.plans !== plans) this.#known = { plans, jumps: await this.#counted(large) };
    return this.#known.jumps;
  }

  /** Counts what each plan changes for everybody, and leaves out plans below the tenth. */
  async #counted(large: readonly LargePlan[]): Promise<readonly CatalogueJump[]> {
    const counts = await this.store.rows<Pick<CatalogueJump, "planId" | "added" | "changed" | "removed">>(sql`
      select plans.id::text as "planId",
        (count(distinct changes.aid_id) filter (where becomes_live and not was_live))::int as added,
        (count(distinct changes.aid_id) filter (where was_live and not leaves))::int as changed,
        (count(distinct changes.aid_id) filter (where was_live and leaves))::int as removed
      from plans join changes on changes.plan_id = plans.id
        left join aid_search on aid_search.aid_id = changes.aid_id
        left join aid_history history on plans.state = 'applied' and history.aid_id = changes.aid_id and history.plan_id = plans.id
        cross join lateral (select
          coalesce(changes.state ->> 'status', case when changes.kind = 'restore' then aid_search.status end, '') = 'published' as becomes_live,
          case when plans.state = 'applied'
            then coalesce(history.before ->> 'status' = 'published' and history.before ->> 'withdrawnAt' is null, false)
            else coalesce(aid_search.standing = 'live', false) end as was_live,
          changes.kind = any(${textArray(leavingKinds)}) as leaves) effect
      where plans.id = any(${textArray(large.map(({ planId }) => planId))}::uuid[])
        and (aid_search.aid_id is null or ${isReadable(openLicences)})
      group by plans.id`);
    const countsOf = new Map(counts.map((one) => [one.planId, one]));
    return large.flatMap(({ readable, upTo: _, ...plan }) => {
      const { added, changed, removed } = countsOf.get(plan.planId) ?? { added: 0, changed: 0, removed: 0 };
      return (added + changed + removed) * 10 > readable ? [{ ...plan, added, changed, removed }] : [];
    });
  }
}
