import { sql } from "drizzle-orm";
import type { Aid } from "../../model/aid/aid.ts";
import { pageKeys } from "../../model/text/page-title.ts";
import { storableJson } from "../../model/text/storable.ts";
import { type AidRow, aidOf } from "../aids/aid-row.ts";
import type { Store } from "../store.ts";
import { beginningOfWord, linkWords, pageWord } from "./search-words.ts";

/** The facts by which aids like one are found. */
export interface AlikeQuery {
  readonly links: readonly (string | null)[];
  /** Titles in comparable form, and titles of pages of Aides-territoires. */
  readonly titles: readonly string[];
  /** Beginnings of the significant words of its titles. */
  readonly words: readonly string[];
}

/** Maximum number of words of a title to search, and of aids found per query. They bound the cost, whatever the size of the catalogue. */
const maxWords = 5;
const maxFound = 30;

/** Returns the aids of other connectors that may be like one of these, by the index of words. Each is returned once, as displayed. */
export async function findAlike(store: Store, connector: string, queries: readonly AlikeQuery[]): Promise<Aid[]> {
  const wanted = queries.map(tsqueryOf).filter((query) => query !== "");
  if (wanted.length === 0) return [];
  const rows = await store.rows<AidRow>(sql`
    with wanted as (select distinct query from jsonb_array_elements_text(${storableJson(wanted)}::jsonb) as each (query)),
    met as (
      select distinct found.aid_id from wanted cross join lateral (
        select aid_id from aid_search where words @@ wanted.query::tsquery and connector <> ${connector}
          and standing in ('live', 'review', 'draft', 'out-of-scope') limit ${maxFound}) found
    )
    select aids.aid_id as "aidId", aids.connector, aids.external_id as "externalId", aids.imported, aids.kept, aids.edits, aids.status,
      aids.withdrawn_at::text as "withdrawnAt"
    from met join aids_with_source aids on aids.aid_id = met.aid_id order by aids.aid_id`);
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
