import { sql } from "drizzle-orm";
import type { ConnectorActivity } from "../../model/run/silence.ts";
import { storableJson } from "../../model/text/storable.ts";
import { hasChangedAids } from "../schema/tables.ts";
import { isoInstant, type Store } from "../store.ts";

/** Number of changes by which a connector's usual gap is judged. */
const changesListed = 20;

/** Activity of connectors over time. */
export class ActivityRepository {
  constructor(private readonly store: Store) {}

  /**
   * Lists the activity of every connector, by id, without undone runs. Counts aids in the search index: see `SearchRepository.bringIn`.
   */
  async list(): Promise<ConnectorActivity[]> {
    return this.store.rows<ConnectorActivity>(sql`
      with counted as (
        select connector, count(*)::int as live, count(deadline)::int as dated, max(deadline)::text as deadline
        from aid_search where standing in ('live', 'review') group by connector
      )
      select connectors.id as connector, coalesce(changed.instants, '[]') as "changedAt", ${isoInstant(sql`last.applied_at`)} as "appliedAt",
        coalesce(counted.live, 0) as "liveAids", coalesce(counted.dated, 0) as "withDeadline", counted.deadline as "lastDeadline"
      from connectors left join runs last on last.id = connectors.last_applied_run left join counted on counted.connector = connectors.id
        cross join lateral (
          select jsonb_agg(${isoInstant(sql`applied_at`)} order by applied_at) as instants from (
            select applied_at from plans where plans.connector = connectors.id and ${hasChangedAids} order by applied_at desc limit ${changesListed}
          ) newest
        ) changed
      order by connectors.id`);
  }

  /**
   * Returns, by connector, when a person last provided a file or feed that was applied or waits in a plan. Rereading a snapshot does not
   * count.
   */
  async lastProvided(connectors: readonly string[]): Promise<ReadonlyMap<string, Date>> {
    if (connectors.length === 0) return new Map();
    const found = await this.store.rows<{ connector: string; at: string }>(sql`
      select connector, ${isoInstant(sql`max(started_at)`)} as at from runs
      where connector in (select jsonb_array_elements_text(${storableJson(connectors)}::jsonb)) and state = 'ended' and not options ? 'limit'
        and (options ? 'brought' or not options ? 'snapshot')
        and ((applied_at is not null and undone_at is null) or outcome = 'unchanged' or exists (
          select from plans where plans.run_id = runs.id and plans.origin = 'run' and plans.complete and plans.state in ('open', 'part-applied')))
      group by connector`);
    return new Map(found.map(({ connector, at }) => [connector, new Date(at)]));
  }
}
