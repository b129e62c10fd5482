import { type SQL, sql } from "drizzle-orm";
import { storableJson } from "../../model/text/storable.ts";
import type { Slug } from "../../model/vocabularies.ts";
import { holdsByBasin } from "../search/search-filter.ts";
import type { Store } from "../store.ts";

/** A territory to count aids for. Keys: see `territoriesOf` in `search-row.ts`. */
export interface CountedTerritory {
  /** `scale:code` */
  readonly territory: string;
  /** The surrounding region, `region:11`. Null for a region, and for a territory outside regions. */
  readonly region: string | null;
  readonly isOverseas: boolean;
}

/** Open aids for the requested audience that apply in a territory, by scale. An aid that applies at several scales counts at each. `theme` null: all themes. */
export interface TerritoryCounts {
  readonly territory: string;
  readonly theme: string | null;
  /** Apply in the whole region. */
  readonly regional: number;
  /** Apply in the whole department, or in a department of the region. */
  readonly departmental: number;
  /** Apply in its communes or groups of communes. */
  readonly local: number;
  /** Apply at any of these scales. Each aid counts once. */
  readonly own: number;
  /** Apply in the whole mainland or overseas part of France, but exclude this territory. */
  readonly leftOut: number;
}

/** Open aids for the requested audience that apply in all of France or Europe, or in the whole mainland or overseas part. */
export interface NationalCounts {
  readonly theme: string | null;
  readonly mainland: number;
  readonly overseas: number;
  /** Apply in water basins, which are not territories of the map. */
  readonly basins: number;
  /** All open aids. */
  readonly open: number;
  /** All aids on the site, also those whose deadline has passed, for every audience. */
  readonly all: number;
}

/** Number of open aids of a connector that an organisation finances or runs. */
export interface OrganisationCount {
  readonly organisation: string;
  readonly connector: string;
  readonly aids: number;
}

/** The aids to count. */
export interface CountedAids {
  /** Day on which an aid counts as open, `YYYY-MM-DD`: it has no deadline, or one on this day or later. */
  readonly openOn: string;
  /** Only aids for this audience. */
  readonly audience?: Slug<"targetedAudiences">;
}

const allMainland = "mainland:FRA-MET";
const allOverseas = "overseas:FRA-OM";
const isMainland = nationwideCondition(allMainland);
const isOverseas = nationwideCondition(allOverseas);

/** Coverage of territories by aids, counted in the search index. */
export class CoverageRepository {
  constructor(private readonly store: Store) {}

  /** Returns a value that changes with the index and with applied runs. While it stays the same, so do the counts. */
  async position(): Promise<string> {
    return this.store.value<string>(sql`
      select up_to || ' ' || edition || ' ' || coalesce((select md5(string_agg(last_applied_run::text, ' ' order by id)) from connectors), '') as position from search_state`);
  }

  /**
   * Counts aids on the site by territory and theme in one statement. Aids with the same territories and categories are grouped first,
   * because there are far fewer groups than aids. `themes`: theme of each category.
   */
  async count(
    territories: readonly CountedTerritory[],
    themes: Readonly<Record<string, string>>,
    { openOn, audience }: CountedAids,
  ): Promise<{ readonly there: readonly TerritoryCounts[]; readonly wide: readonly NationalCounts[] }> {
    const { there, wide } = await this.store.row<{ there: TerritoryCounts[]; wide: NationalCounts[] }>(sql`
      with wanted as materialized (
        select distinct key, territory, part, overseas from jsonb_to_recordset(${storableJson(keysOf(territories))}::jsonb) as wanted (key text, territory text, part text, overseas boolean)),
      alike as materialized (
        select row_number() over () as id, territories, categories, is_open, count(*)::int as aids, ${isMainland} as is_mainland, ${isOverseas} as is_overseas, ${holdsByBasin} as is_by_basin
        from (select *, (deadline is null or deadline >= ${openOn}::date) and ${audience === undefined ? sql`true` : sql`audiences @> array[${audience}]::text[]`} as is_open
          from aid_search where standing = 'live') aids
        group by territories, categories, is_open),
      covered as (
        select id, territory, bool_or(part = 'regional') as regional, bool_or(part = 'departmental') as departmental, bool_or(part = 'local') as local,
          bool_or(part = 'within') as within, bool_or(part = 'not') as excluded, bool_or(part = 'not' and case when overseas then is_overseas else is_mainland end) as left_out
        from alike cross join lateral unnest(territories) as applied (key) join wanted using (key) where is_open group by id, territory),
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
        from covered join themed using (id) group by territory, theme),
      wide as (
        select theme, coalesce(sum(themed.aids) filter (where is_mainland and is_open), 0)::int as mainland, coalesce(sum(themed.aids) filter (where is_overseas and is_open), 0)::int as overseas,
          coalesce(sum(themed.aids) filter (where is_by_basin and is_open), 0)::int as basins,
          coalesce(sum(themed.aids) filter (where is_open), 0)::int as open,
          sum(themed.aids)::int as "all"
        from alike join themed using (id) group by theme)
      select (select coalesce(jsonb_agg(there), '[]') from there) as there, (select coalesce(jsonb_agg(wide), '[]') from wide) as wide`);
    return { there, wide };
  }

  /** Counts open aids by organisation that finances or runs them, and by connector. `openOn`: see `CountedAids`. */
  byOrganisation(openOn: string): Promise<OrganisationCount[]> {
    return this.store.rows(sql`
      select organisation, connector, count(*)::int as aids from aid_search cross join lateral unnest(organisations) as named (organisation)
      where standing = 'live' and (deadline is null or deadline >= ${openOn}::date) group by organisation, connector`);
  }
}

/**
 * Returns the index keys to count for each territory. An aid of a region also applies in its departments, and an exclusion of a region also
 * excludes its departments.
 */
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

/** Returns the condition on `aid_search` that an aid applies in the whole mainland or overseas part of France. */
function nationwideCondition(side: string): SQL {
  return sql.raw(
    `(territories && array['country:FRA', 'continent:EU', '${side}'] and not territories && array['not:country:FRA', 'not:${side}'])`,
  );
}
