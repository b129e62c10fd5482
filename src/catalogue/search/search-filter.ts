import { type SQL, sql } from "drizzle-orm";
import type { AidField } from "../../model/aid/aid.ts";
import type { PerimeterRef } from "../../model/territories/perimeter.ts";
import { basins, territoriesAround } from "../../model/territories/perimeters.ts";
import type { Slug } from "../../model/vocabularies.ts";
import type { SearchStanding } from "./search-row.ts";
import { beginningOfWord, queryWords } from "./search-words.ts";

/** Which aids of the index. What is left out asks for nothing; an empty list of connectors or territories is answered by no aid. */
export interface SearchFilter {
  /** Every word of it begins a word of the title, the publisher's own title, an organisation, the publisher's id, or the beginning of the description. */
  readonly text?: string;
  /** Every word of it begins a word of an organisation that pays for or runs the aid. */
  readonly organisation?: string;
  readonly connectors?: readonly string[];
  /** Aids that hold in one of these territories: there itself, or in one that it lies in. */
  readonly territories?: readonly PerimeterRef[];
  /** With `territories`: aids of a territory that lies in one of these, too. */
  readonly isWithin?: boolean;
  /** Aids that are said to hold in a water basin. */
  readonly isByBasin?: boolean;
  /** One of these. */
  readonly categories?: readonly Slug<"categories">[];
  readonly audience?: Slug<"targetedAudiences">;
  readonly type?: Slug<"aidTypes">;
  readonly standings?: readonly SearchStanding[];
  readonly status?: Slug<"status">;
  /** `YYYY-MM-DD`, both counted. An aid without a deadline has none between two days. */
  readonly deadlineFrom?: string;
  readonly deadlineTo?: string;
  /** Deadline before that day, the day itself not counted: who waited for too long. */
  readonly expiredOn?: string;
  /** No deadline, or one on this day or later. */
  readonly notExpiredOn?: string;
  readonly hasNoDeadline?: boolean;
  /** A field that must be filled or mended before it can be published. */
  readonly missing?: AidField;
  readonly hasProposals?: boolean;
  readonly language?: string;
  readonly order?: SearchOrder;
}

/** `title`; `deadline`: nearest first, none last; `updated`: last changed first. Default `title`. */
export type SearchOrder = "title" | "deadline" | "updated";

/** On a row of `aid_search`: it is said to hold in a water basin. */
export const holdsByBasin = sql.raw(`(territories && array['${basins.map(({ scale, code }) => `${scale}:${code}`).join("', '")}'])`);

/** Condition on `aid_search`. */
export function matches(filter: SearchFilter): SQL {
  const { connectors, categories, audience, type, standings, status, deadlineFrom, deadlineTo, expiredOn, notExpiredOn } = filter;
  const { hasNoDeadline, missing, hasProposals, language } = filter;
  const conditions = [
    ...saysAll(queryWords(filter.text ?? "", "")),
    ...saysAll(queryWords(filter.organisation ?? "", "/o/")),
    connectors && sql`connector in (select jsonb_array_elements_text(${JSON.stringify(connectors)}::jsonb))`,
    filter.territories && holdsIn(filter.territories, filter.isWithin === true),
    filter.isByBasin === true ? holdsByBasin : undefined,
    categories && sql`categories && ${textArray(categories)}`,
    audience && sql`audiences @> ${textArray([audience])}`,
    type && sql`types @> ${textArray([type])}`,
    standings && sql`standing = any(${textArray(standings)})`,
    status && sql`status = ${status}`,
    deadlineFrom && sql`deadline >= ${deadlineFrom}::date`,
    deadlineTo && sql`deadline <= ${deadlineTo}::date`,
    expiredOn && sql`deadline < ${expiredOn}::date`,
    notExpiredOn && sql`(deadline is null or deadline >= ${notExpiredOn}::date)`,
    hasNoDeadline === undefined ? undefined : sql`(deadline is null) = ${hasNoDeadline}`,
    missing && sql`words @@ ${`'/m/${missing}'`}::tsquery`,
    hasProposals === undefined ? undefined : hasProposals ? sql`proposals > 0` : sql`proposals = 0`,
    language && sql`language = ${language}`,
  ].filter((condition) => condition !== undefined && condition !== "");
  return conditions.length === 0 ? sql`true` : sql.join(conditions as SQL[], sql` and `);
}

/** How a list is sorted, on columns of the index; the permanent id tells apart what is equal. */
export function orderOf(order: SearchOrder = "title", table: "aid_search" | "found"): SQL {
  const columns = { title: "title", deadline: "deadline", updated: "updated_at desc" }[order];
  return sql.raw(`${table}.${columns}, ${table}.aid_id`);
}

/** All of these words, each as a beginning. They hold letters and digits, and `/o/` before them, only: nothing that the language of queries knows. */
function saysAll(words: readonly string[]): SQL[] {
  return words.length === 0 ? [] : [sql`words @@ ${words.map((word) => beginningOfWord(word, true)).join(" & ")}::tsquery`];
}

/** See `territoriesOf` of `search-row.ts`: what an aid's territories lie in, and where it does not hold, stand beside them. */
function holdsIn(territories: readonly PerimeterRef[], isWithin: boolean): SQL {
  const each = territories.map((territory) => {
    const key = `${territory.scale}:${territory.code}`;
    const around = [key, ...territoriesAround(territory).map(({ scale, code }) => `${scale}:${code}`)];
    const held = isWithin ? [...around, `in:${key}`] : around;
    return sql`(territories && ${textArray(held)} and not territories && ${textArray(around.map((outer) => `not:${outer}`))})`;
  });
  return each.length === 0 ? sql`false` : sql`(${sql.join(each, sql` or `)})`;
}

function textArray(values: readonly string[]): SQL {
  return sql`array(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`;
}
