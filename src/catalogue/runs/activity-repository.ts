import { sql } from "drizzle-orm";
import type { ConnectorActivity } from "../../model/run/silence.ts";
import { storableJson } from "../../model/text/storable.ts";
import { isLive, shownField } from "../aids/shown-field.ts";
import { isoInstant, type Store } from "../store.ts";

/** Activity of connectors over time. */
export class ActivityRepository {
  constructor(private readonly store: Store) {}

  /**
   * Lists the activity of every connector, by id, without undone runs. `from`: counts aids in `aids`, or in the search index, which is much
   * faster but may lag a little.
   */
  async list(from: "aids" | "index" = "aids"): Promise<ConnectorActivity[]> {
    const live =
      from === "aids"
        ? sql`select connector, ${shownField("submissionDeadline")} as deadline from aids_with_source aids where ${isLive}`
        : sql`select connector, deadline::text as deadline from aid_search where standing in ('live', 'review')`;
    return this.store.rows<ConnectorActivity>(sql`
      with applied as (select id, connector, applied_at from runs where applied_at is not null and undone_at is null),
      last as (select connector, max(applied_at) as applied_at from applied group by connector),
      changed as (
        select applied.connector, jsonb_agg(${isoInstant(sql`applied.applied_at`)} order by applied.applied_at) as instants
        from applied join plans on plans.run_id = applied.id and plans.origin = 'run' and plans.state = 'applied'
        where (counts ->> 'created')::int + (counts ->> 'updated')::int + (counts ->> 'restored')::int + (counts ->> 'withdrawn')::int > 0
        group by applied.connector
      ),
      counted as (
        select connector, count(*)::int as live, count(deadline)::int as dated, max(deadline) as deadline from (${live}) live group by connector
      )
      select connectors.id as connector, coalesce(changed.instants, '[]') as "changedAt", ${isoInstant(sql`last.applied_at`)} as "appliedAt",
        coalesce(counted.live, 0) as "liveAids", coalesce(counted.dated, 0) as "withDeadline", counted.deadline as "lastDeadline"
      from connectors left join last on last.connector = connectors.id left join changed on changed.connector = connectors.id
        left join counted on counted.connector = connectors.id
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
