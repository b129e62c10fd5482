import { sql } from "drizzle-orm";
import type { Aid } from "../../model/aid/aid.ts";
import { beginningOfWord } from "../search/search-words.ts";
import type { Store } from "../store.ts";
import { type AidRow, aidOf } from "./aid-row.ts";

/** Words of a title that are looked for, and aids that share two of them: no more are weighed, whatever a title says. */
const mostWords = 6;
const mostMet = 1000;
const mostGiven = 25;

/** Aids that may say what another one says, from the search index: few, to be weighed by `aid/likely-duplicates.ts`. */
export class LikeAidRepository {
  constructor(private readonly store: Store) {}

  /**
   * Aids of other connectors that are shown, or may be, and share words with a title, those first that share most. `words`: beginnings, without case and
   * accents. The index must be up to date: see `SearchRepository`.
   */
  async candidates(connector: string, words: readonly string[]): Promise<Aid[]> {
    const asked = words.slice(0, mostWords).map((word) => beginningOfWord(word, true));
    if (asked.length === 0) return [];
    const shared = sql.join(
      asked.map((word) => sql`(words @@ ${word}::tsquery)::int`),
      sql` + `,
    );
    const rows = await this.store.rows<AidRow>(sql`
      with met as (
        select aid_id, words from aid_search where words @@ ${pairsOf(asked)}::tsquery and connector <> ${connector}
          and standing in ('live', 'review', 'draft', 'out-of-scope') limit ${mostMet}
      ), best as (select aid_id, ${shared} as shared from met order by shared desc, aid_id limit ${mostGiven})
      select aids.aid_id as "aidId", aids.connector, aids.external_id as "externalId", aids.imported, aids.kept, aids.edits, aids.status,
        aids.withdrawn_at::text as "withdrawnAt"
      from best join aids on aids.aid_id = best.aid_id order by best.shared desc, best.aid_id`);
    return rows.map(aidOf);
  }
}

/** Any two of the words; the one, where there is no other. */
function pairsOf(words: readonly string[]): string {
  const pairs = words.flatMap((word, place) => words.slice(place + 1).map((other) => `(${word} & ${other})`));
  return pairs.length === 0 ? words.join("") : pairs.join(" | ");
}
