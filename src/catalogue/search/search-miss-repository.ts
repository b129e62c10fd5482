import { sql } from "drizzle-orm";
import { storableJson } from "../storable-json.ts";
import type { Store } from "../store.ts";

/** What was looked for and not found, so many times. Empty texts: it was not asked for. */
export interface SearchMiss {
  /** First day of the month, `YYYY-MM-DD`. */
  readonly month: string;
  /** Folded words. */
  readonly keyword: string;
  /** `scale:code` */
  readonly territory: string;
  /** Slug. */
  readonly category: string;
  readonly count: number;
}

/** What was searched and not found, over months. Empty texts: it was not asked for. */
export interface MissCount {
  readonly keyword: string;
  readonly territory: string;
  readonly category: string;
  readonly count: number;
}

/** So many different misses of a month are kept: what comes after them is counted where it is known, and left out where it is not. */
const mostAMonth = 10_000;

/** What was searched in the API and not found, by month. Nothing of who asked. */
export class SearchMissRepository {
  constructor(private readonly store: Store) {}

  /** Adds to what is counted. Each miss stands once in the list. */
  async add(misses: readonly SearchMiss[]): Promise<void> {
    if (misses.length === 0) return;
    const given = sql`jsonb_to_recordset(${storableJson(misses)}::jsonb) as given (month date, keyword text, territory text, category text, count int)`;
    await this.store.transaction(async (transaction) => {
      // Two processes that count at the same time lock the same rows in the same order.
      await transaction.rows(sql`
        with locked as (
          select known.ctid from search_misses known join ${given} using (month, keyword, territory, category)
          order by known.month, known.keyword, known.territory, known.category for update of known
        ) select count(*) from locked`);
      await transaction.rows(sql`
        insert into search_misses as known (month, keyword, territory, category, count)
        select month, keyword, territory, category, count from (
          select marked.*, row_number() over (partition by month, is_known order by keyword, territory, category) as place,
            (select count(*) from search_misses held where held.month = marked.month) as held
          from (
            select given.*, exists (
              select from search_misses held where held.month = given.month and held.keyword = given.keyword and held.territory = given.territory
                and held.category = given.category) as is_known
            from ${given}
          ) marked
        ) asked where is_known or held + place <= ${mostAMonth}
        order by month, keyword, territory, category
        on conflict (month, keyword, territory, category) do update set count = known.count + excluded.count`);
    });
  }

  /** Those of a month, most asked for first. */
  list(month: string, most: number): Promise<SearchMiss[]> {
    return this.store.rows(sql`
      select month::text as month, keyword, territory, category, count from search_misses where month = ${month}::date
      order by count desc, keyword, territory, category limit ${most}`);
  }

  /** What was searched from a month on (its first day) and not found, most asked for first; `rest`: of what was asked for less than `least` times, or stands further down. */
  async summary(
    from: string,
    { least, most }: { readonly least: number; readonly most: number },
  ): Promise<{ readonly shown: readonly MissCount[]; readonly rest: { readonly searches: number; readonly count: number } }> {
    const rows = await this.store.rows<MissCount & { place: number }>(sql`
      with summed as (
        select keyword, territory, category, sum(count)::int as count from search_misses where month >= ${from}::date group by keyword, territory, category),
      placed as (select summed.*, row_number() over (order by count desc, keyword, territory, category)::int as place from summed where count >= ${least})
      select * from placed where place <= ${most} order by place`);
    const all = await this.store.row<{ searches: number; count: number }>(sql`
      select count(distinct (keyword, territory, category))::int as searches, coalesce(sum(count), 0)::int as count from search_misses where month >= ${from}::date`);
    const shown = rows.map(({ keyword, territory, category, count }) => ({ keyword, territory, category, count }));
    const count = shown.reduce((sum, one) => sum + one.count, 0);
    return { shown, rest: { searches: all.searches - shown.length, count: all.count - count } };
  }
}
