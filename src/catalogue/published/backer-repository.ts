import { sql } from "drizzle-orm";
import { backerSlug } from "../../model/publisher/backer-slug.ts";
import type { Slug } from "../../model/vocabularies.ts";
import { storableJson } from "../storable-json.ts";
import type { Store } from "../store.ts";

/** An organisation that pays for or runs live aids, by the name that they give it. */
export interface Backer {
  readonly name: string;
  /** Live aids of it, expired ones too. */
  readonly aids: number;
}

/** Organisations behind what is live. */
export class BackerRepository {
  constructor(private readonly store: Store) {}

  /** All of them, by name; `licences`: of aids with these, null: with any. Takes a few tenths of a second for 100,000 aids. */
  all(licences: readonly Slug<"importShareLicence">[] | null): Promise<Backer[]> {
    const isOpen = licences === null ? sql`true` : sql`licence = any(string_to_array(${licences.join(",")}, ','))`;
    return this.store.rows(sql`
      select name, count(*)::int as aids
      from (select unnest(organisations) as name from aid_search where standing = 'live' and ${isOpen}) named
      group by name order by name`);
  }

  /** SIREN by slug, where one of the live aids that are asked for by a slug has it. */
  async sirens(slugs: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.store.rows<{ name: string; siren: string }>(sql`
      select distinct organisation ->> 'name' as name, organisation ->> 'siren' as siren
      from jsonb_array_elements_text(${storableJson(slugs)}::jsonb) asked (slug) cross join lateral (
        select aid_id from aid_search where standing = 'live' and words @@ ('''/b/' || asked.slug || '''')::tsquery limit 3
      ) found join aids on aids.aid_id = found.aid_id cross join lateral jsonb_path_query(
        jsonb_build_array(aids.imported -> 'financers', aids.imported -> 'instructors', aids.kept -> 'financers', aids.kept -> 'instructors',
          aids.edits #> '{financers,value}', aids.edits #> '{instructors,value}'), '$[*][*]') organisation
      where jsonb_typeof(organisation) = 'object' and organisation ->> 'siren' is not null`);
    return new Map(rows.map(({ name, siren }) => [backerSlug(name), siren]));
  }
}
