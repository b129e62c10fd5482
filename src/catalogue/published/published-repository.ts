import { type SQL, sql } from "drizzle-orm";
import type { AidField } from "../../model/aid/aid.ts";
import { backerSlug } from "../../model/publisher/backer-slug.ts";
import { storableJson } from "../../model/text/storable.ts";
import type { Slug } from "../../model/vocabularies.ts";
import { type AidRow, aidColumns, aidOf, isRowPermanent, type PermanenceRow, statesPermanence } from "../aids/aid-row.ts";
import { catchUpBatch, searchPosition } from "../search/catch-up-search.ts";
import { keywordQuery, rankingQuery } from "../search/keyword-query.ts";
import type { Keyword } from "../search/read-keyword.ts";
import { isoInstant, type Store, textArray } from "../store.ts";
import type { LiveAid } from "./live-aids.ts";
import {
  asksForWords,
  countCondition,
  isReadable,
  onceMentioned,
  type PublishedFilter,
  publishedCondition,
} from "./published-condition.ts";

/** An aid selected for a list, with its sort position. */
export interface PickedAid {
  readonly aidId: string;
  readonly number: number;
  readonly revision: number;
  readonly connector: string;
  /** False if it was unpublished after indexing. It is not shown. */
  readonly isLive: boolean;
  /** First publication, in microseconds since 1970. */
  readonly publishedAt: number;
  /** `YYYY-MM-DD` */
  readonly deadline: string | null;
  /** How well its title, names and categories fit the keyword. 0 in other orders. */
  readonly rank: number;
}

/**
 * `published`: last published first. `deadline`: nearest first, aids without one last. `relevance`: by `ts_rank` of title, names and
 * categories, lowered for aids without deadline, then last published first. Ties are ordered by permanent id.
 */
export type PublishedOrder = "published" | "deadline" | "relevance";

/** A part of a list, from an offset or after a position. */
export type PublishedPlace = { readonly limit: number } & (
  | { readonly offset: number }
  | { readonly after: Pick<PickedAid, "aidId" | "publishedAt" | "deadline" | "rank"> }
);

/** A displayed aid and its revision. */
export interface ShownAid extends Omit<LiveAid, "number" | "backerNumbers"> {
  readonly revision: number;
}

/** An organisation that finances or runs live aids, by the name the aids give. */
export interface Backer {
  readonly name: string;
  /** Number of its live aids, including expired ones. */
  readonly aids: number;
}

/** Maximum number of revisions to index before a list is answered. The background task indexes the rest. */
const atOnce = 500;

/** Reads live aids for the API. */
export class PublishedRepository {
  #bringing: Promise<unknown> | null = null;

  constructor(private readonly store: Store) {}

  /**
   * Returns the last indexed revision, after indexing recent changes. Lists change only when it does. Returns null while the index is
   * filled for the first time or again, because aids are then missing in lists.
   */
  async position(): Promise<number | null> {
    const { upTo, behind, isComplete } = await searchPosition(this.store);
    if (behind > atOnce) return isComplete ? upTo : null;
    if (behind === 0) return upTo;
    // Concurrent callers share one update.
    this.#bringing ??= catchUpBatch(this.store, { limit: atOnce, waits: true }).finally(() => {
      this.#bringing = null;
    });
    await this.#bringing;
    // In a process that may not write the index, workers update it.
    const after = await searchPosition(this.store);
    return after.isComplete ? after.upTo : null;
  }

  /** Selects aids in the requested order. */
  async pick(filter: PublishedFilter, order: PublishedOrder, place: PublishedPlace): Promise<PickedAid[]> {
    if (order === "relevance") return this.#pickByRelevance(filter, place);
    return order === "deadline" ? this.#pickByDeadline(filter, place) : this.#pickPublished(filter, place);
  }

  /**
   * Returns the aids that come closest to one of the groups of a keyword, best first: they may lack some of its terms. A term weighs more
   * the fewer aids of the filter contain it, three times as much in a title or name. Each further mention adds a little. Left out are aids with common words only,
   * with little of the group, and those whose description mentions it once. If the group has subjects (terms with synonyms), an aid must have
   * one of them, or a rare word in its title. The list may be empty.
   */
  async closest({ keyword, ...filter }: PublishedFilter & { readonly keyword: Keyword }, limit: number): Promise<PickedAid[]> {
    const terms = keyword.anyOf.flatMap((group, at) => {
      const hasSubject = group.some(({ synonyms }) => synonyms.length > 0);
      return group.map((term) => ({
        party: at,
        tells: !hasSubject || term.synonyms.length > 0,
        wanted: keywordQuery({ anyOf: [[term]], noneOf: keyword.noneOf }, filter.findsPeople === true),
        titled: rankingQuery({ anyOf: [[term]], noneOf: [] }),
      }));
    });
    if (terms.length === 0) return [];
    const total = await this.count(filter);
    const scored = sql`
      with terms as (
        select row_number() over () as place, party, tells, wanted, titled
        from jsonb_to_recordset(${storableJson(terms)}::jsonb) as term (party int, tells boolean, wanted text, titled text)),
      hits as (
        select place, party, tells, aid_id, published_at, deadline, ranked @@ to_tsquery('french', titled) as is_titled,
          ts_filter(ranked, '{a,b}') @@ to_tsquery('french', titled) as is_named,
          ts_rank_cd(words, wanted::tsquery) / ${onceMentioned}::float8 as mentions, count(*) over (partition by place) as found
        from terms join aid_search on words @@ wanted::tsquery where ${publishedCondition(filter)} and published_at is not null),
      weights as (
        select place, terms.party, ln(1 + ${total}::float8 / greatest(count(hits.aid_id), 1)) as weight
        from terms left join hits using (place) group by place, terms.party),
      parties as (select party, sum(weight) as whole from weights group by party),
      fits as (
        select aid_id, published_at, deadline, sum(weight * (case when is_named then 3 else 1 end + least(mentions, 5) / 10)) / min(whole) as score
        from hits join weights using (place, party) join parties using (party) group by party, aid_id, published_at, deadline
        having bool_or(found <= greatest(${maxShare}::float8 * case when is_titled then 2 else 1 end * ${total}::int, ${fewAids}::int))
          and bool_or(tells or (is_named and found <= greatest(${maxShare}::float8 * ${total}::int, ${fewAids}::int))) and (bool_or(is_titled) or sum(mentions) > ${minMentions}::float8)),
      scores as (select aid_id, published_at, deadline, max(score) as score from fits group by aid_id, published_at, deadline)
      select aid_id, published_at, deadline, (score * 10000)::int as rank from scores where score >= ${minScore}::float8
      order by rank desc, published_at desc, aid_id desc limit ${limit}`;
    return this.store.byIndexIf(true, (store) => store.rows<PickedAid>(pickedRows(scored, "relevance")));
  }

  /** Returns those of these folded words that begin no word of a live aid. */
  async unusedWords(words: readonly string[]): Promise<string[]> {
    if (words.length === 0) return [];
    const used = sql`select from aid_search where standing = 'live' and words @@ (quote_literal(word) || ':*')::tsquery`;
    return this.store.byIndexIf(true, (store) =>
      store.values<string>(sql`select word from unnest(${textArray(words)}::text[]) word where not exists (${used})`),
    );
  }

  /** Returns the categories that two of these aids have, and at least a third of them, most frequent first. */
  async sharedCategories(aidIds: readonly string[]): Promise<Slug<"categories">[]> {
    return this.store.values<Slug<"categories">>(sql`
      select category from aid_search cross join unnest(categories) category where aid_id = any(${textArray(aidIds)}::uuid[])
      group by category having count(*) >= greatest(2, ${aidIds.length}::int / 3.0) order by count(*) desc, category`);
  }

  /** Counts matching aids. */
  async count(filter: PublishedFilter): Promise<number> {
    const counting = sql`select count(*)::int as count from aid_search where ${countCondition(filter)}`;
    return this.store.byIndexIf(asksForWords(filter), (store) => store.value<number>(counting));
  }

  /** Returns which of these aids match. */
  async matching(filter: PublishedFilter, aidIds: readonly string[]): Promise<ReadonlySet<string>> {
    return this.store.set<string>(sql`
      select aid_id as "aidId" from aid_search
      where aid_id = any(${textArray(aidIds)}::uuid[]) and ${publishedCondition(filter)}`);
  }

  /** Returns the displayed content of these aids, except aids that are no longer published. */
  async shown(aidIds: readonly string[]): Promise<ShownAid[]> {
    if (aidIds.length === 0) return [];
    const rows = await this.store.rows<AidRow & PermanenceRow & Omit<ShownAid, "aid" | "edited" | "isPermanent">>(sql`
      select ${aidColumns}, ${statesPermanence}, revision, ${isoInstant(sql`created_at`)} as "createdAt", ${isoInstant(sql`updated_at`)} as "updatedAt", to_jsonb(array(select slug from aid_slugs where aid_slugs.aid_id = aids.aid_id)) as slugs from aids_with_source aids
      where aid_id = any(${textArray(aidIds)}::uuid[]) and status = 'published' and withdrawn_at is null`);
    return rows.map(({ revision, createdAt, updatedAt, slugs, ...row }) => ({
      aid: aidOf(row),
      revision,
      createdAt,
      updatedAt,
      slugs,
      edited: Object.keys(row.edits) as AidField[],
      isPermanent: isRowPermanent(row),
    }));
  }

  /** Returns the aid id of each known slug. */
  async aidsBySlug(slugs: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (slugs.length === 0) return new Map();
    return this.store.map<string, string>(sql`
      select slug, aid_id as "aidId" from aid_slugs where slug = any(${textArray(slugs)})`);
  }

  /**
   * Lists the backers of live aids by name. `licences`: only aids with these licences, null for all. Takes a few tenths of a second for
   * 100,000 aids.
   */
  backers(licences: readonly Slug<"importShareLicence">[] | null): Promise<Backer[]> {
    const isOpen = licences === null ? sql`true` : isReadable(licences);
    return this.store.rows(sql`
      select name, count(*)::int as aids
      from (select unnest(organisations) as name from aid_search where standing = 'live' and ${isOpen}) named
      group by name order by name`);
  }

  /** Returns the SIREN by slug, if a live aid of that backer has it. */
  async backerSirens(slugs: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.store.rows<{ name: string; siren: string }>(sql`
      select distinct organisation ->> 'name' as name, organisation ->> 'siren' as siren
      from jsonb_array_elements_text(${storableJson(slugs)}::jsonb) wanted (slug) cross join lateral (
        select aid_id from aid_search where standing = 'live' and words @@ ('''/b/' || wanted.slug || '''')::tsquery limit 3
      ) found join aids_with_source aids on aids.aid_id = found.aid_id cross join lateral jsonb_path_query(
        jsonb_build_array(aids.imported -> 'financers', aids.imported -> 'instructors', aids.kept -> 'financers', aids.kept -> 'instructors',
          aids.edits #> '{financers,value}', aids.edits #> '{instructors,value}'), '$[*][*]') organisation
      where jsonb_typeof(organisation) = 'object' and organisation ->> 'siren' is not null`);
    return new Map(rows.map(({ name, siren }) => [backerSlug(name), siren]));
  }

  #pickPublished(filter: PublishedFilter, place: PublishedPlace): Promise<PickedAid[]> {
    if ("offset" in place) return this.#picked(filter, sql`true`, "published", place);
    const { publishedAt, aidId } = place.after;
    const behind = sql`(published_at, aid_id) < (${instantOf(publishedAt)}::timestamptz, ${aidId}::uuid)`;
    return this.#picked(filter, behind, "published", place);
  }

  /** Selects aids with a deadline first, from the filter's first day on, then aids without one. */
  async #pickByDeadline(filter: PublishedFilter, place: PublishedPlace): Promise<PickedAid[]> {
    if ("offset" in place && place.offset > 0) return this.#picked(filter, sql`true`, "deadline", place);
    const after = "after" in place ? place.after : null;
    if (after?.deadline === null) return this.#picked(filter, sql`deadline is null and aid_id > ${after.aidId}::uuid`, "deadline", place);
    const dated = after === null ? fromDay(filter) : sql`(deadline, aid_id) > (${after.deadline}::date, ${after.aidId}::uuid)`;
    const first = await this.#picked(filter, dated, "deadline", place);
    return this.#filledUp(first, place, (limit) => this.#picked(filter, sql`deadline is null`, "deadline", { limit }));
  }

  /** Selects aids by rank. Without a keyword, all have the same rank. */
  #pickByRelevance(filter: PublishedFilter, place: PublishedPlace): Promise<PickedAid[]> {
    const rank = rankOf(filter);
    if ("offset" in place) return this.#picked(filter, sql`true`, "relevance", { ...place, rank });
    const { rank: passed, publishedAt, aidId } = place.after;
    const behind = sql`(${rank}, published_at, aid_id) < (${passed}::int, ${instantOf(publishedAt)}::timestamptz, ${aidId}::uuid)`;
    return this.#picked(filter, behind, "relevance", { ...place, rank });
  }

  async #filledUp(first: PickedAid[], { limit }: PublishedPlace, others: (limit: number) => Promise<PickedAid[]>): Promise<PickedAid[]> {
    return first.length === limit ? first : [...first, ...(await others(limit - first.length))];
  }

  #picked(
    filter: PublishedFilter,
    condition: SQL,
    order: PublishedOrder,
    { limit, offset = 0, rank = sql`0` }: { readonly limit: number; readonly offset?: number; readonly rank?: SQL },
  ): Promise<PickedAid[]> {
    const picked = sql`
      select aid_id, published_at, deadline, ${rank} as rank from aid_search where ${publishedCondition(filter)} and published_at is not null and ${condition}
      order by ${sorted("aid_search", order, rank)} limit ${limit} offset ${offset}`;
    return this.store.byIndexIf(asksForWords(filter), (store) => store.rows<PickedAid>(pickedRows(picked, order)));
  }
}

/** Share of the aids of a filter that a word may be in, if it alone makes an aid close; twice as much in a title. */
const maxShare = 0.1;
/** A word in so few aids is not common, even in a small catalogue. */
const fewAids = 5;
/** The least part of a keyword that a close aid must have. */
const minScore = 0.25;
/** A description with fewer mentions is about something else. A phrase counts less than its words. */
const minMentions = 1.4;

/** Returns the statement that adds what a list shows to picked aids: `aid_id, published_at, deadline, rank`. */
function pickedRows(picked: SQL, order: PublishedOrder): SQL {
  return sql`
    select picked.aid_id as "aidId", numbers.number::float8 as number, aids.revision, aids.connector,
      aids.status = 'published' and aids.withdrawn_at is null as "isLive",
      (extract(epoch from picked.published_at) * 1000000)::int8::float8 as "publishedAt", picked.deadline::text as deadline,
      picked.rank
    from (${picked}) picked join aids on aids.aid_id = picked.aid_id join aid_numbers numbers on numbers.aid_id = picked.aid_id
    order by ${sorted("picked", order, sql`picked.rank`)}`;
}

function fromDay({ notExpiredOn }: PublishedFilter): SQL {
  return notExpiredOn === undefined ? sql`deadline is not null` : sql`deadline >= ${notExpiredOn}::date`;
}

function sorted(table: "aid_search" | "picked", order: PublishedOrder, rank: SQL): SQL {
  if (order === "deadline") return sql.raw(`${table}.deadline, ${table}.aid_id`);
  const latest = sql.raw(`${table}.published_at desc, ${table}.aid_id desc`);
  return order === "relevance" ? sql`${rank} desc, ${latest}` : latest;
}

/**
 * Returns SQL for the rank of an aid, a whole number, so that positions in a list compare exactly. An aid without deadline loses a quarter
 * of its rank, and comes after those with one if they rank alike: nobody may say that it is still open.
 */
function rankOf({ keyword }: PublishedFilter): SQL {
  const query = keyword === undefined ? "" : rankingQuery(keyword);
  const isDated = sql`(deadline is not null)::int`;
  return query === ""
    ? isDated
    : sql`(round(ts_rank(ranked, to_tsquery('french', ${query})) * 2500 * (3 + ${isDated}))::int * 2 + ${isDated})`;
}

/** Formats an instant with microseconds, which a `Date` cannot hold. */
function instantOf(microseconds: number): string {
  const seconds = new Date(Math.floor(microseconds / 1_000_000) * 1000).toISOString().slice(0, 19);
  return `${seconds}.${String(microseconds % 1_000_000).padStart(6, "0")}Z`;
}
