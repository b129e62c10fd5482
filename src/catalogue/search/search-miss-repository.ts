import { sql } from "drizzle-orm";
import { storableJson } from "../../model/text/storable.ts";
import type { Store } from "../store.ts";

/** A search without results and its count. Texts are empty if the search had no such condition. */
export interface SearchMiss {
  /** First day of the month, `YYYY-MM-DD`. */
  readonly month: string;
  /** Normalised words. */
  readonly keyword: string;
  /** `scale:code` */
  readonly territory: string;
  /** Slug. */
  readonly category: string;
  readonly count: number;
}

/** The count of a search without results over several months. */
export type MissCount = Omit<SearchMiss, "month">;

/** Maximum number of different misses per month. Beyond it, only known misses are counted. */
const maxPerMonth = 10_000;

/** Searches in the API without results, by month. Nothing about who searched. */
export class SearchMissRepository {
  constructor(private readonly store: Store) {}

  /** Adds counts. Each miss may occur only once in the list. */
  async add(misses: readonly SearchMiss[]): Promise<void> {
    if (misses.length === 0) return;
    const given = sql`jsonb_to_recordset(${storableJson(misses)}::jsonb) as given (month date, keyword text, territory text, category text, count int)`;
    await this.store.transaction(async (transaction) => {
      // Concurrent processes lock rows in the same order, to avoid deadlocks.
      await transaction.rows(sql`
        with locked as (
          select known.ctid from search_misses known join ${given} using (month, keyword, territory, category)
          order by known.month, known.keyword, known.territory, known.category for update of known
        ) select count(*) from locked`);
      await transaction.rows(sql`
        insert into search_misses as known (month, keyword, territory, category, count)
        select month, keyword, territory, category, count from (
          select marked.*, row_number() over (partition by month, is_known order by keyword, territory, category) as place,
            (select count(*) from search_misses stored where stored.month = marked.month) as stored
          from (
            select given.*, exists (
              select from search_misses stored where stored.month = given.month and stored.keyword = given.keyword and stored.territory = given.territory
                and stored.category = given.category) as is_known
            from ${given}
          ) marked
        ) numbered where is_known or stored + place <= ${maxPerMonth}
        order by month, keyword, territory, category
        on conflict (month, keyword, territory, category) do update set count = known.count + excluded.count`);
    });
  }

  /** Counts the misses since the first day of a month by territory. Leaves out those without a territory. */
  byTerritory(from: string): Promise<{ readonly territory: string; readonly count: number }[]> {
    return this.store.rows(sql`
      select territory, sum(count)::int as count from search_misses where month >= ${from}::date and territory <> '' group by territory`);
  }

  /** Lists the misses of a month, most frequent first. */
  list(month: string, limit: number): Promise<SearchMiss[]> {
    return this.store.rows(sql`
      select month::text as month, keyword, territory, category, count from search_misses where month = ${month}::date
      order by count desc, keyword, territory, category limit ${limit}`);
  }

  /**
   * Returns the misses since the first day of a month, most frequent first. `shown`: at most `limit` misses with at least `minCount`.
   * `rest`: the totals of all others.
   */
  async summary(
    from: string,
    { minCount, limit }: { readonly minCount: number; readonly limit: number },
  ): Promise<{ readonly shown: readonly MissCount[]; readonly rest: { readonly searches: number; readonly count: number } }> {
    const rows = await this.store.rows<MissCount & { place: number }>(sql`
      with summed as (
        select keyword, territory, category, sum(count)::int as count from search_misses where month >= ${from}::date group by keyword, territory, category),
      placed as (select summed.*, row_number() over (order by count desc, keyword, territory, category)::int as place from summed where count >= ${minCount})
      select * from placed where place <= ${limit} order by place`);
    const all = await this.store.row<{ searches: number; count: number }>(sql`
      select count(distinct (keyword, territory, category))::int as searches, coalesce(sum(count), 0)::int as count from search_misses where month >= ${from}::date`);
    const shown = rows.map(({ keyword, territory, category, count }) => ({ keyword, territory, category, count }));
    const count = shown.reduce((sum, one) => sum + one.count, 0);
    return { shown, rest: { searches: all.searches - shown.length, count: all.count - count } };
  }
}
