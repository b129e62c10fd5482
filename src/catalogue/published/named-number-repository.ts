import { sql } from "drizzle-orm";
import { firstOwnNumber } from "../../model/aid/aid-slug.ts";
import { backerSlug } from "../../model/publisher/backer-slug.ts";
import { storableJson } from "../../model/text/storable.ts";
import type { Slug } from "../../model/vocabularies.ts";
import type { Store } from "../store.ts";
import { publishedCondition } from "./published-condition.ts";

/** Kinds of names that have numbers in the API. */
export type NamedKind = "backer" | "program" | "project-reference";

/** A name of live aids, with its numbers. */
export interface NamedNumber {
  readonly slug: string;
  readonly name: string;
  readonly number: number;
  /** Number on Aides-territoires, if an adoption has learned it. */
  readonly siteNumber: number | null;
}

/** A live aid with the number and the name in addresses that Aides-territoires gives it. */
export interface AidOfSite {
  readonly number: number;
  readonly formerNumber: number | null;
  readonly title: string;
  readonly slug: string | null;
}

const prefixes: Readonly<Record<NamedKind, string>> = { backer: "/b/", program: "/g/", "project-reference": "/r/" };
const columns = sql`slug, name, number::float8 as number, site_number::float8 as "siteNumber"`;

/** Permanent numbers of backers, programmes and project references. Indexing gives them. */
export class NamedNumberRepository {
  constructor(private readonly store: Store) {}

  /** Finds names by slug. Unknown ones are left out. */
  bySlug(kind: NamedKind, slugs: readonly string[]): Promise<NamedNumber[]> {
    if (slugs.length === 0) return Promise.resolve([]);
    return this.store.rows<NamedNumber>(sql`
      select ${columns} from named_numbers
      where kind = ${kind} and slug in (select value collate "C" from jsonb_array_elements_text(${storableJson([...new Set(slugs)])}::jsonb))`);
  }

  /** Finds a name by one of its numbers. The number of Aides-territoires takes precedence. Null: unknown. */
  async byNumber(kind: NamedKind, number: number): Promise<NamedNumber | null> {
    return this.store.find<NamedNumber>(sql`
      select ${columns} from named_numbers
      where kind = ${kind} and (number = ${number}::bigint or site_number = ${number}::bigint)
      order by site_number = ${number}::bigint desc nulls last limit 1`);
  }

  /** Lists the names of live aids, by slug. `licences`: as in `PublishedFilter`. */
  live(kind: NamedKind, licences: readonly Slug<"importShareLicence">[] | null): Promise<NamedNumber[]> {
    return this.store.rows<NamedNumber>(sql`
      select ${columns} from named_numbers named
      where kind = ${kind} and exists (
        select from aid_search where ${publishedCondition({ licences })} and words @@ (quote_literal(${prefixes[kind]} || named.slug))::tsquery)
      order by slug`);
  }

  /** Lists the live aids that have a number of Aides-territoires, by number. `formerNumber`: see `aid_numbers`. `licences`: as in `live`. */
  aidsOfSite(licences: readonly Slug<"importShareLicence">[] | null): Promise<AidOfSite[]> {
    return this.store.rows<AidOfSite>(sql`
      select known.number::float8 as number, known.former_number::float8 as "formerNumber", title,
        (select slug from aid_slugs where aid_slugs.aid_id = known.aid_id and slug = any(array[
          aids.edits #>> '{siteSlug,value}', aids.kept ->> 'siteSlug', aids.imported ->> 'siteSlug']) limit 1) as slug
      from aid_numbers known join aid_search on aid_search.aid_id = known.aid_id join aids_with_source aids on aids.aid_id = known.aid_id
      where known.number < ${firstOwnNumber} and ${publishedCondition({ licences })} order by known.number`);
  }

  /**
   * Stores the numbers of Aides-territoires. A number that it gives to another name moves there. Names must be public. Of several numbers
   * of a name, and several names of a number, the first counts. Returns how many were new or changed.
   */
  async learn(kind: NamedKind, learned: readonly { readonly name: string; readonly number: number }[]): Promise<number> {
    const byNumber = new Map([...learned].reverse().map((one) => [one.number, { ...one, slug: backerSlug(one.name) }]));
    const distinct = new Map([...byNumber.values()].reverse().map((one) => [one.slug, one]));
    distinct.delete("");
    if (distinct.size === 0) return 0;
    const rows = storableJson([...distinct.values()]);
    const given = sql`jsonb_to_recordset(${rows}::jsonb) as given (slug text collate "C", name text, number bigint)`;
    return this.store.transaction(async (transaction) => {
      await transaction.rows(sql`
        update named_numbers known set site_number = null from ${given}
        where known.kind = ${kind} and known.site_number = given.number and known.slug <> given.slug`);
      const changed = await transaction.rows(sql`
        insert into named_numbers (kind, slug, name, site_number) select ${kind}, slug, name, number from ${given}
        on conflict (kind, slug) do update set site_number = excluded.site_number
          where named_numbers.site_number is distinct from excluded.site_number
        returning 1`);
      return changed.length;
    });
  }
}
