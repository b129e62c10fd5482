import { type SQL, sql } from "drizzle-orm";
import { storableJson } from "../../model/text/storable.ts";
import type { Store } from "../store.ts";

/** Aids that entered or left the site or changed in a month (`YYYY-MM`, in Paris). Months without changes are left out. */
export interface MonthMoves {
  readonly month: string;
  /** Published, or published again. */
  readonly entered: number;
  /** Left the site. */
  readonly left: number;
  /** Were on the site and had a displayed field changed at least once. */
  readonly updated: number;
}

/** Number of aids that were first published in a month, with the same delay since their date at the source. */
export interface DelayCount {
  readonly month: string;
  /** Date at the source: the publisher's last change before publication, otherwise the start date. Null: neither is known. */
  readonly basis: "sourceUpdatedDate" | "startDate" | null;
  /** Delay in calendar days in Paris. 0 if the date at the source was in the future. Null if no date is known. */
  readonly days: number | null;
  readonly aids: number;
}

/** Report of a connector's last run of a month that read the feed. `month`: "" for the last run before the period. */
export interface MonthReport {
  readonly connector: string;
  readonly month: string;
  readonly measured: unknown;
}

/** Filters figures: from the first instant of a month, of these connectors or all. */
export interface FiguresFilter {
  readonly from: Date;
  /** Today in Paris, `YYYY-MM-DD`. */
  readonly today: string;
  /** Null: all. */
  readonly connectors: readonly string[] | null;
}

const inParis = (instant: SQL) => sql`(${instant} at time zone 'Europe/Paris')`;
const month = (instant: SQL) => sql`to_char(${inParis(instant)}, 'YYYY-MM')`;
const since = ({ from }: FiguresFilter) => sql`${from.toISOString()}::timestamptz`;
const connectorCondition = (column: SQL, { connectors }: FiguresFilter) =>
  connectors === null ? sql`true` : sql`${column} in (select jsonb_array_elements_text(${storableJson(connectors)}::jsonb))`;

/** Condition on `aids`: on the site now. */
const isOnSite = sql`(aids.status = 'published' and aids.withdrawn_at is null)`;
/** Whether the aid was on the site before a revision. Null if the revision did not record it. */
const wasOnSite = sql`case when history.kind = 'create' then false
  when history.before is not null then history.before ->> 'status' = 'published' and history.before ->> 'withdrawnAt' is null end`;

/** The first instant after the day of the deadline. */
const endOfDeadline = sql`(deadline + 1)::timestamp at time zone 'Europe/Paris'`;

/**
 * Monthly figures about aids. Computed backwards from the current state, so that only the history of the requested months is read. Undone
 * plans and the plans that undid them do not count.
 */
export class FiguresRepository {
  constructor(private readonly store: Store) {}

  /** Counts aids on the site now. */
  async onSite(filter: FiguresFilter): Promise<number> {
    return this.store.value<number>(
      sql`select count(*)::int as count from aids where ${isOnSite} and ${connectorCondition(sql`connector`, filter)}`,
    );
  }

  /** Counts aids that entered or left the site or changed, by month. */
  moves(filter: FiguresFilter): Promise<MonthMoves[]> {
    return this.store.rows<MonthMoves>(sql`
      with undoing as (select id from plans where origin = 'undo' and applied_at >= ${since(filter)}),
      begins as (
        select least(${since(filter)}, (select min(history.at) from aid_history history join plans on plans.id = history.plan_id where plans.undone_by in (select id from undoing))) as at),
      revisions as (
        select history.aid_id, history.revision, history.at, history.plan_id, ${wasOnSite} as was, history.fields
        from aid_history history where history.at >= (select at from begins) and ${historyCondition(filter)}),
      steps as (
        select revisions.*, case when lead(revision) over next is null then coalesce((select ${isOnSite} from aids where aids.aid_id = revisions.aid_id), false)
          else lead(was) over next end as becomes
        from revisions window next as (partition by aid_id order by revision)),
      recorded as materialized (
        select steps.aid_id, steps.at, steps.plan_id, plans.undone_by, was, becomes,
          case when was and becomes and plans.undone_by is null and plans.origin is distinct from 'undo' then fields @? '$.*.action ? (@ == "apply" || @ == "fill")' else false end as changed
        from steps left join plans on plans.id = steps.plan_id where was is not null and becomes is not null),
      moved as (
        select at, becomes from recorded where was <> becomes and not exists (
          select from recorded other where other.aid_id = recorded.aid_id and other.was <> other.becomes and (other.plan_id = recorded.undone_by or other.undone_by = recorded.plan_id))),
      counted as (
        select ${month(sql`at`)} as month, count(*) filter (where becomes)::int as entered, count(*) filter (where not becomes)::int as left, 0 as updated
        from moved where at >= ${since(filter)} group by 1
        union all
        select ${month(sql`at`)}, 0, 0, count(distinct aid_id)::int from recorded where changed and at >= ${since(filter)} group by 1)
      select month, sum(entered)::int as entered, sum("left")::int as left, sum(updated)::int as updated from counted group by month order by month`);
  }

  /**
   * Counts, by month, aids that were on the site at the end of the day of their displayed deadline. Changes by undone plans do not count.
   */
  async expired(filter: FiguresFilter): Promise<ReadonlyMap<string, number>> {
    const rows = await this.store.rows<{ month: string; aids: number }>(sql`
      with touched as materialized (select distinct aid_id from aid_history history join plans on plans.id = history.plan_id where plans.undone_by is not null)
      select to_char(deadline, 'YYYY-MM') as month, count(*)::int as aids
      from aid_search join aids on aids.aid_id = aid_search.aid_id left join lateral (
        select ${wasOnSite} as was from aid_history history
        where history.aid_id = aids.aid_id and history.at >= ${endOfDeadline} order by history.revision limit 1
      ) next on true left join lateral (
        with steps as (
          select history.at, history.revision, history.plan_id, plans.undone_by, ${wasOnSite} as was,
            coalesce(lead(${wasOnSite}) over (order by history.revision), ${isOnSite}) as becomes
          from aid_history history left join plans on plans.id = history.plan_id where history.aid_id = aids.aid_id)
        select coalesce((
          select was from steps where steps.at >= ${endOfDeadline} and was <> becomes and not exists (
            select from steps other where other.was <> other.becomes and (other.plan_id = steps.undone_by or other.undone_by = steps.plan_id))
          order by revision limit 1), ${isOnSite}) as was
        where aids.aid_id in (select aid_id from touched)
      ) spared on true
      where deadline >= ${inParis(since(filter))}::date and deadline < ${filter.today}::date and ${connectorCondition(sql`aid_search.connector`, filter)} and coalesce(spared.was, next.was, ${isOnSite})
      group by 1`);
    return new Map(rows.map(({ month: of, aids }) => [of, aids]));
  }

  /**
   * Counts the delays between the date at the source and the first publication, by month. Leaves out adopted aids, which were already on a
   * site.
   */
  delays(filter: FiguresFilter): Promise<DelayCount[]> {
    return this.store.rows<DelayCount>(sql`
      with published as (
        select ${inParis(sql`aid_search.published_at`)} as at, (${thenShown("sourceUpdatedDate", sql`aid_search.source_updated_date::text`)})::date as updated,
          (${thenShown("startDate", sql`aid_search.start_date::text`)})::date as begins
        from aid_search join aids on aids.aid_id = aid_search.aid_id
        where aid_search.published_at >= ${since(filter)} and ${connectorCondition(sql`aid_search.connector`, filter)} and not exists (
          select from aid_history history where history.aid_id = aids.aid_id and history.at = aid_search.published_at and history.kind = 'adopt'))
      select to_char(at, 'YYYY-MM') as month, case when updated is not null then 'sourceUpdatedDate' when begins is not null then 'startDate' end as basis,
        case when coalesce(updated, begins) is not null then greatest(0, at::date - coalesce(updated, begins)) end as days, count(*)::int as aids
      from published group by 1, 2, 3 order by 1, 2, 3`);
  }

  /**
   * Reads, for each connector, the last report of each month and the last one before the period. Only applied runs that read a whole feed
   * and were not undone count. Leaves out runs without a plan, because they read the same bytes as an earlier run.
   */
  reports(filter: FiguresFilter): Promise<MonthReport[]> {
    return this.store.rows<MonthReport>(sql`
      with last as (
        select distinct on (connector, month) id, connector, month from (
          select id, connector, token, case when applied_at < ${since(filter)} then '' else ${month(sql`applied_at`)} end as month from runs
          where applied_at is not null and undone_at is null and (outcome <> 'unchanged' or id in (select run_id from plans)) and report is not null and not options ? 'limit' and ${connectorCondition(sql`connector`, filter)}
        ) applied order by connector, month, token desc)
      select last.connector, last.month, jsonb_build_object('counts', shown.counts, 'fillRates', shown."fillRates",
        'issues', (select coalesce(jsonb_agg(issue - 'examples'), '[]') from jsonb_array_elements(shown.issues) issue)) as measured
      from last join runs on runs.id = last.id cross join lateral jsonb_to_record(runs.report) as shown (counts jsonb, "fillRates" jsonb, issues jsonb)
      order by last.connector, last.month`);
  }
}

/** Returns the condition on `history` for aids of the filter's connectors. Aids whose creation was undone are in `removed_aids`. */
function historyCondition(filter: FiguresFilter): SQL {
  if (filter.connectors === null) return sql`true`;
  return sql`history.aid_id in (
    select aid_id from aids where ${connectorCondition(sql`connector`, filter)} union all select aid_id from removed_aids where ${connectorCondition(sql`connector`, filter)})`;
}

/**
 * Returns SQL for the displayed value of a field at the first publication: the value that the next change replaced, otherwise the current
 * one (`now`).
 */
function thenShown(field: "sourceUpdatedDate" | "startDate", now: SQL): SQL {
  return sql`case when aids.updated_at <= aid_search.published_at then ${now} else (coalesce((
    select jsonb_build_array(history.fields -> ${field}::text -> 'current') from aid_history history
    where history.aid_id = aids.aid_id and history.at > aid_search.published_at and jsonb_exists(history.fields, ${field}) order by history.revision limit 1
  ), jsonb_build_array(${now})) ->> 0) end`;
}
