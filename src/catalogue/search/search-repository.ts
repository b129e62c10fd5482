import { sql } from "drizzle-orm";
import type { Aid } from "../../model/aid/aid.ts";
import { pageKeys } from "../../model/text/page-title.ts";
import { storableJson } from "../../model/text/storable.ts";
import { type AidRow, aidColumns, aidOf } from "../aids/aid-row.ts";
import type { Store } from "../store.ts";
import { bringIn, catchUpBatch, searchPosition } from "./catch-up-search.ts";
import { orderOf, type SearchFilter, searchCondition } from "./search-filter.ts";
import type { SearchStanding } from "./search-row.ts";
import { beginningOfWord, linkWords, pageWord } from "./search-words.ts";

/** An aid in a list, with the displayed values. */
export interface ListedAid {
  readonly aidId: string;
  readonly connector: string;
  readonly externalId: string;
  readonly revision: number;
  readonly title: string;
  readonly status: Aid["status"];
  readonly standing: SearchStanding;
  /** `YYYY-MM-DD` */
  readonly deadline: string | null;
  /** `scale:code` of the first twenty territories. */
  readonly territories: readonly string[];
  readonly categories: readonly string[];
  readonly audiences: readonly string[];
  readonly types: readonly string[];
  readonly organisations: readonly string[];
  readonly language: string;
  /** Number of fields with an open proposal. */
  readonly proposals: number;
  /** Fields to fill or correct before publication. */
  readonly missing: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A part of a list. */
export interface ListPlace {
  readonly limit: number;
  readonly offset: number;
}

/** Maximum number of revisions to index before a list is answered. The background task indexes the rest. */
const atOnce = 500;
/** Number of revisions to index at once. This takes about a tenth of a second, during which the embedded database does nothing else. */
const revisionsABatch = 250;
/**
 * After this many revisions, statistics and the visibility map are refreshed. Otherwise the planner scans the whole index for a rare word,
 * and counting reads the table.
 */
const manyRevisions = 2000;
const aidsAPage = 500;

/** Lists of aids by filter and order, from the search index `aid_search`. */
export class SearchRepository {
  #sinceVacuum = 0;

  constructor(private readonly store: Store) {}

  /** Lists aids in the requested order. */
  async list(filter: SearchFilter, place: ListPlace): Promise<ListedAid[]> {
    await this.bringIn();
    // Rows are wide, so pages are selected by id first.
    const picked = sql`
      select aid_id from aid_search where ${searchCondition(filter)} order by ${orderOf(filter.order, "aid_search")} limit ${place.limit} offset ${place.offset}`;
    const rows = await this.#byWords(filter, (store) =>
      store.rows<ListedRow>(sql`
        select ${listedColumns} from (${picked}) picked join aid_search found on found.aid_id = picked.aid_id join aids on aids.aid_id = found.aid_id
        order by ${orderOf(filter.order, "found")}`),
    );
    return rows.map(listedAid);
  }

  /** Lists all matching aids with their displayed content, in pages, in the order at the time of the call. */
  async *listWhole(filter: SearchFilter, limit: number): AsyncGenerator<(ListedAid & { readonly aid: Aid })[]> {
    await this.bringIn();
    const ids = await this.store.values<string>(sql`
      select aid_id as id from aid_search where ${searchCondition(filter)} order by ${orderOf(filter.order, "aid_search")} limit ${limit}`);
    for (let first = 0; first < ids.length; first += aidsAPage) {
      const page = JSON.stringify(ids.slice(first, first + aidsAPage));
      const rows = await this.store.rows<ListedRow & AidRow>(sql`
        select ${listedColumns}, aids.imported, aids.kept, aids.edits, aids.withdrawn_at::text as "withdrawnAt"
        from jsonb_array_elements_text(${page}::jsonb) with ordinality as picked (id, place)
          join aid_search found on found.aid_id = picked.id::uuid join aids_with_source aids on aids.aid_id = found.aid_id
        order by picked.place`);
      yield rows.map((row) => ({ ...listedAid(row), aid: aidOf(row) }));
    }
  }

  /** Counts matching aids. */
  async count(filter: SearchFilter): Promise<number> {
    await this.bringIn();
    const counting = sql`select count(*)::int as count from aid_search where ${searchCondition(filter)}`;
    return this.#byWords(filter, (store) => store.value<number>(counting));
  }

  #byWords<Answer>({ text, organisation }: SearchFilter, ask: (store: Store) => Promise<Answer>): Promise<Answer> {
    return this.store.byIndexIf(text !== undefined || organisation !== undefined, ask);
  }

  /** Returns true if another connector has brought aids. */
  async hasOthers(connector: string): Promise<boolean> {
    return this.store.any(sql`select 1 from connectors where id <> ${connector} and last_applied_run is not null limit 1`);
  }

  /** Returns the aids of other connectors that may be like one of these, by links and words of their titles. Indexes recent changes before. */
  async alike(connector: string, queries: readonly AlikeQuery[]): Promise<Aid[]> {
    await this.bringIn({ whole: true });
    return this.store.byIndexIf(true, (store) => findAlike(store, connector, queries));
  }

  /** Counts the revisions that are not indexed. */
  async behind(): Promise<number> {
    return (await searchPosition(this.store)).behind;
  }

  /** Indexes a batch of changes and returns the number of revisions. Returns 0 if there are no changes, or another process indexes them. */
  async catchUp(limit: number = revisionsABatch): Promise<number> {
    const done = await catchUpBatch(this.store, { limit, waits: false });
    this.#sinceVacuum += done;
    if (done === 0 && this.#sinceVacuum >= manyRevisions) {
      this.#sinceVacuum = 0;
      await this.store.rows(sql`vacuum (analyze) aid_search, territory_sets`);
    }
    return done;
  }

  /**
   * Indexes recent changes, so that people see their own actions at once. `whole`: also large imports, which can take minutes; by default,
   * does not wait for them.
   */
  async bringIn({ whole = false } = {}): Promise<void> {
    await bringIn(this.store, { limit: atOnce, most: whole ? Number.POSITIVE_INFINITY : atOnce });
  }
}

interface ListedRow extends Omit<ListedAid, "createdAt" | "updatedAt"> {
  readonly createdAt: string;
  readonly updatedAt: string;
}

const listedColumns = sql`found.aid_id as "aidId", found.connector, aids.external_id as "externalId", aids.revision, found.title, found.status, found.standing,
  found.deadline::text as deadline, to_jsonb(array(select t from unnest(found.territories) t where t !~ '^(in|not):' limit 20)) as territories,
  to_jsonb(found.categories) as categories, to_jsonb(found.audiences) as audiences, to_jsonb(found.types) as types,
  to_jsonb(found.organisations) as organisations, found.language, found.proposals, to_jsonb(found.missing) as missing,
  found.created_at::text as "createdAt", found.updated_at::text as "updatedAt"`;

function listedAid(row: ListedRow): ListedAid {
  const { aidId, connector, externalId, revision, title, status, standing, deadline, territories, categories, audiences, types } = row;
  const { organisations, language, proposals, missing } = row;
  const shown = { aidId, connector, externalId, revision, title, status, standing, deadline, territories, categories, audiences, types };
  return { ...shown, organisations, language, proposals, missing, createdAt: new Date(row.createdAt), updatedAt: new Date(row.updatedAt) };
}

/** The facts by which aids like one are found. */
interface AlikeQuery {
  readonly links: readonly (string | null)[];
  /** Titles in comparable form, and titles of pages of Aides-territoires. */
  readonly titles: readonly string[];
  /** Beginnings of the significant words of its titles. */
  readonly words: readonly string[];
}

/** Maximum number of words of a title to search, and of aids found per query. They bound the cost, whatever the size of the catalogue. */
const maxWords = 5;
const maxFound = 30;

/**
 * Returns the aids of other connectors that may be like one of these, by the index of words. Each is returned once, as displayed. `is true`
 * keeps PostgreSQL from the index of standings, which it prefers as long as it has no statistics: it would read all aids for each query.
 */
async function findAlike(store: Store, connector: string, queries: readonly AlikeQuery[]): Promise<Aid[]> {
  const wanted = queries.map(tsqueryOf).filter((query) => query !== "");
  if (wanted.length === 0) return [];
  const rows = await store.rows<AidRow>(sql`
    with wanted as (select distinct query from jsonb_array_elements_text(${storableJson(wanted)}::jsonb) as each (query)),
    met as (
      select distinct found.aid_id from wanted cross join lateral (
        select aid_id from aid_search where words @@ wanted.query::tsquery and connector <> ${connector}
          and (standing in ('live', 'review', 'draft', 'out-of-scope')) is true limit ${maxFound}) found
    )
    select ${aidColumns} from met join aids_with_source aids on aids.aid_id = met.aid_id order by aids.aid_id`);
  return rows.map(aidOf);
}

function tsqueryOf({ links, titles, words }: AlikeQuery): string {
  const exact = [...linkWords(links), ...titles.flatMap(pageKeys).map(pageWord)].map((word) => `'${word}'`);
  const longest = [...new Set(words)]
    .filter((word) => /^[\p{L}\p{N}]+$/u.test(word))
    .sort((a, b) => b.length - a.length)
    .slice(0, maxWords)
    .map((word) => beginningOfWord(`/t/${word}`, false));
  // Two words of the title, or its only one.
  const pairs = longest.flatMap((word, place) => longest.slice(place + 1).map((other) => `(${word} & ${other})`));
  return [...exact, ...(pairs.length === 0 ? longest : pairs)].join(" | ");
}
