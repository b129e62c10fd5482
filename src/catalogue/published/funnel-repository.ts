import { type SQL, sql } from "drizzle-orm";
import {
  type ConnectorFunnel,
  type FunnelCounts,
  type FunnelGroup,
  type FunnelStep,
  funnelOf,
  funnelSteps,
} from "../../model/aid/funnel.ts";
import { openLicences } from "../../model/aid/open-data.ts";
import type { PerimeterRef } from "../../model/territories/perimeter.ts";
import { storableJson } from "../../model/text/storable.ts";
import { type Store, textArray } from "../store.ts";
import { isReadable, territoryCondition } from "./published-condition.ts";

/** Figures of all aids on a day, `YYYY-MM-DD`. */
export interface FunnelDay {
  readonly day: string;
  readonly counts: FunnelCounts;
}

/** Counts how far aids have come, from the search index, and keeps the figures of past days. */
export class FunnelRepository {
  constructor(private readonly store: Store) {}

  /**
   * Returns the funnel of each connector that has run or has aids, by id. `canConfirm`: connectors with a proposed legal basis that nobody has
   * confirmed. `today`: `YYYY-MM-DD`. `chosen`: only these connectors. The search index must be up to date.
   */
  async funnels(canConfirm: ReadonlySet<string>, today: string, chosen: readonly string[] | null = null): Promise<ConnectorFunnel[]> {
    const [groups, received] = await Promise.all([this.groups(chosen, today), this.#received(chosen)]);
    const byConnector = new Map<string, FunnelGroup[]>([...received.keys()].map((connector) => [connector, []]));
    for (const group of groups) {
      const known = byConnector.get(group.connector);
      if (known === undefined) byConnector.set(group.connector, [group]);
      else known.push(group);
    }
    return [...byConnector]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([connector, own]) =>
        funnelOf(connector, own, { last: received.get(connector) ?? null, canConfirm: canConfirm.has(connector) }),
      );
  }

  /**
   * Counts aids in the catalogue by connector, step, missing fields and those that an answer has left them out of, in one pass.
   * `territories`: only aids that apply there.
   */
  groups(chosen: readonly string[] | null, today: string, territories: readonly PerimeterRef[] | null = null): Promise<FunnelGroup[]> {
    return this.store.rows<FunnelGroup>(sql`
      with left_out as (
        select aids.aid_id as left_id, jsonb_agg(distinct decided.field) as "leftOut"
        from standing_decisions decided cross join lateral jsonb_array_elements_text(decided.condition -> 'except') as excepted (external_id)
          left join publisher_connectors listed on listed.publisher = decided.publisher
          join aids on aids.connector = coalesce(decided.connector, listed.connector) and aids.external_id = excepted.external_id
        where decided.ended_at is null and decided.kind = 'fill' and decided.value <> 'null' group by 1
      )
      select connector, standing = 'live' as "isPublished", standing = 'live' and ${isReadable(openLicences)} as "isOpen", deadline < ${today}::date is true as "isExpired",
        to_jsonb(missing) as missing, coalesce("leftOut", '[]') as "leftOut", count(*)::int as aids
      from aid_search left join left_out on left_id = aid_search.aid_id
      where standing in ('live', 'review', 'draft') and ${isChosen(sql`connector`, chosen)}
        and ${territories === null ? sql`true` : territoryCondition(territories)}
      group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6`);
  }

  /** Returns the records that the last applied run of each connector received, and the valid ones. */
  async #received(chosen: readonly string[] | null): Promise<ReadonlyMap<string, Pick<FunnelCounts, "received" | "valid">>> {
    // Reports without figures are left out here, because with a condition on reports PostgreSQL reads those of all runs.
    const rows = await this.store.rows<{ connector: string; received: number; valid: number | null }>(sql`
      select connectors.id as connector, (runs.report #>> '{counts,received}')::int as received, (runs.report #>> '{counts,valid}')::int as valid
      from connectors join runs on runs.id = connectors.last_applied_run where ${isChosen(sql`connectors.id`, chosen)}`);
    return new Map(rows.flatMap(({ connector, received, valid }) => (valid === null ? [] : [[connector, { received, valid }]])));
  }

  /** Keeps the figures of a day. A connector gets a row only if its figures differ from its last ones. */
  async keep(day: string, figures: readonly Pick<ConnectorFunnel, "connector" | "counts">[]): Promise<void> {
    const rows = storableJson(figures.map(({ connector, counts }) => ({ connector, ...counts })));
    await this.store.rows(sql`
      insert into funnel_days (connector, day, received, valid, held, publishable, fully_described, published, open)
      select given.connector, ${day}::date, given.received, given.valid, given.held, given.publishable, given."fullyDescribed", given.published, given.open
      from jsonb_to_recordset(${rows}::jsonb) as given (connector text, received int, valid int, held int, publishable int, "fullyDescribed" int, published int, open int)
      where not exists (
        select from (select * from funnel_days past where past.connector = given.connector and past.day < ${day}::date order by past.day desc limit 1) past
        where (past.received, past.valid, past.held, past.publishable, past.fully_described, past.published, past.open)
          = (given.received, given.valid, given.held, given.publishable, given."fullyDescribed", given.published, given.open))
      on conflict (connector, day) do update set received = excluded.received, valid = excluded.valid, held = excluded.held,
        publishable = excluded.publishable, fully_described = excluded.fully_described, published = excluded.published, open = excluded.open`);
  }

  /** Returns the figures of these connectors together on past days. A connector without an older row counts as nothing. */
  async past(days: readonly string[], connectors: readonly string[] | null = null): Promise<FunnelDay[]> {
    const sums = sql.join(
      funnelSteps.map((step) => sql`coalesce(sum(${sql.identifier(columnOf(step))}), 0)::int as ${sql.identifier(step)}`),
      sql`, `,
    );
    const rows = await this.store.rows<FunnelCounts & { day: string }>(sql`
      select asked.day::text as day, ${sums}
      from jsonb_array_elements_text(${storableJson(days)}::jsonb) given (text) cross join lateral (select given.text::date as day) asked
        cross join (select distinct connector from funnel_days known where ${isChosen(sql`known.connector`, connectors)}) known
        cross join lateral (
          select * from funnel_days past where past.connector = known.connector and past.day <= asked.day order by past.day desc limit 1) found
      group by asked.day order by asked.day`);
    return rows.map(({ day, ...counts }) => ({ day, counts }));
  }
}

function columnOf(step: FunnelStep): string {
  return step === "fullyDescribed" ? "fully_described" : step;
}

function isChosen(connector: SQL, chosen: readonly string[] | null): SQL {
  return chosen === null ? sql`true` : sql`${connector} = any(${textArray(chosen)})`;
}
