import { type SQL, sql } from "drizzle-orm";
import { holdsByBasin } from "../search/search-filter.ts";
import { storableJson } from "../storable-json.ts";
import type { Store } from "../store.ts";

/** A territory of which aids are counted, by the keys of the index (see `territoriesOf` of search-row.ts). */
export interface CountedTerritory {
  /** `scale:code` */
  readonly territory: string;
  /** The region around it, `region:11`; null where it is one or lies in none. */
  readonly region: string | null;
  readonly isOverseas: boolean;
}

/** Aids on the site that hold in a territory, by how wide they hold; one that holds at several scales there counts at each. `theme`: null, all of them. */
export interface TerritoryCounts {
  readonly territory: string;
  readonly theme: string | null;
  /** Hold in all of the region. */
  readonly regional: number;
  /** Hold in all of the department, or in one of the region's. */
  readonly departmental: number;
  /** Hold in communes or groups of communes of it. */
  readonly local: number;
  /** Any of these, each aid once. */
  readonly own: number;
  /** Of aids that hold in all of its side, the mainland or overseas: those that leave the territory out. */
  readonly leftOut: number;
}

/** Aids on the site that hold in all of France or Europe, or in all of the mainland or overseas. */
export interface NationalCounts {
  readonly theme: string | null;
  readonly mainland: number;
  readonly overseas: number;
  /** Said to hold in water basins, which are no territories of the map. */
  readonly basins: number;
  /** Every aid on the site, wherever it holds. */
  readonly all: number;
}

const allMainland = "mainland:FRA-MET";
const allOverseas = "overseas:FRA-OM";
const isMainland = holdsInAll(allMainland);
const isOverseas = holdsInAll(allOverseas);

/** Who is served by which aids, and what is missing, counted in the index of lists. */
export class CoverageRepository {
  constructor(private readonly store: Store) {}

  /** How far the index has come, and which runs were applied last: what is counted of one position stays so. */
  async position(): Promise<string> {
    const { position } = await this.store.row<{ position: string }>(sql`
      select up_to || ' ' || coalesce((select md5(string_agg(last_applied_run::text, ' ' order by id)) from connectors), '') as position from search_state`);
    return position;
  }

  /**
   * Counts aids on the site by territory and theme, in one statement. Those that hold at the same places for the same topics are counted together first: there are far fewer of those
   * than aids. `themes`: of each category.
   */
  async count(
    territories: readonly CountedTerritory[],
    themes: Readonly<Record<string, string>>,
  ): Promise<{ readonly there: readonly TerritoryCounts[]; readonly wide: readonly NationalCounts[] }> {
    const { there, wide } = await this.store.row<{ there: TerritoryCounts[]; wide: NationalCounts[] }>(sql`
      with wanted as materialized (
        select distinct key, territory, part, overseas from jsonb_to_recordset(${storableJson(keysOf(territories))}::jsonb) as wanted (key text, territory text, part text, overseas boolean)),
      alike as materialized (
        select row_number() over () as id, territories, categories, count(*)::int as aids, ${isMainland} as is_mainland, ${isOverseas} as is_overseas, ${holdsByBasin} as is_by_basin
        from aid_search where standing = 'live' group by territories, categories),
      held as (
        select id, territory, bool_or(part = 'regional') as regional, bool_or(part = 'departmental') as departmental, bool_or(part = 'local') as local,
          bool_or(part = 'within') as within, bool_or(part = 'not') as excluded, bool_or(part = 'not' and case when overseas then is_overseas else is_mainland end) as left_out
        from alike cross join lateral unnest(territories) as held (key) join wanted using (key) group by id, territory),
      themed as materialized (
        select id, null as theme, aids from alike union all
        select id, topic.theme, aids from alike cross join lateral (
          select distinct mapping.theme from unnest(categories) category join jsonb_each_text(${storableJson(themes)}::jsonb) as mapping (slug, theme) on mapping.slug = category) topic),
      there as (
        select territory, theme, coalesce(sum(aids) filter (where regional and not excluded), 0)::int as regional,
          coalesce(sum(aids) filter (where departmental and not excluded), 0)::int as departmental,
          coalesce(sum(aids) filter (where local or (within and not departmental)), 0)::int as local,
          coalesce(sum(aids) filter (where local or within or ((regional or departmental) and not excluded)), 0)::int as own,
          coalesce(sum(aids) filter (where left_out), 0)::int as "leftOut"
        from held join themed using (id) group by territory, theme),
      wide as (
        select theme, coalesce(sum(themed.aids) filter (where is_mainland), 0)::int as mainland, coalesce(sum(themed.aids) filter (where is_overseas), 0)::int as overseas,
          coalesce(sum(themed.aids) filter (where is_by_basin), 0)::int as basins,
          sum(themed.aids)::int as "all"
        from alike join themed using (id) group by theme)
      select (select coalesce(jsonb_agg(there), '[]') from there) as there, (select coalesce(jsonb_agg(wide), '[]') from wide) as wide`);
    return { there, wide };
  }
}

/** Which keys of the index say what of which territory. An aid of a region holds in its departments; what a region is left out of, they are too. */
function keysOf(territories: readonly CountedTerritory[]): readonly { key: string; territory: string; part: string; overseas: boolean }[] {
  return territories.flatMap(({ territory, region, isOverseas: overseas }) => {
    const own = region === null ? "regional" : "departmental";
    const keys = [
      { key: territory, territory, part: own },
      { key: `in:${territory}`, territory, part: region === null && territory.startsWith("region:") ? "within" : "local" },
      { key: `not:${territory}`, territory, part: "not" },
      { key: `not:${overseas ? allOverseas : allMainland}`, territory, part: "not" },
      ...(region === null
        ? []
        : [
            { key: territory, territory: region, part: "departmental" },
            { key: `in:${territory}`, territory: region, part: "local" },
            { key: region, territory, part: "regional" },
            { key: `not:${region}`, territory, part: "not" },
          ]),
    ];
    return keys.map((one) => ({ ...one, overseas }));
  });
}

/** On a row of the index: holds in all of the mainland, or of overseas, and does not leave that side of France out. */
function holdsInAll(side: string): SQL {
  return sql.raw(
    `(territories && array['country:FRA', 'continent:EU', '${side}'] and not territories && array['not:country:FRA', 'not:${side}'])`,
  );
}
