import { type SQL, sql } from "drizzle-orm";
import type { AidField } from "../../model/aid/aid.ts";
import { openLicences } from "../../model/aid/open-data.ts";
import { publicationFields } from "../../model/aid/publishable.ts";
import type { PerimeterRef } from "../../model/territories/perimeter.ts";
import { basins } from "../../model/territories/perimeters.ts";
import type { Slug } from "../../model/vocabularies.ts";
import { isReadable, territoryCondition } from "../published/published-condition.ts";
import { allOf, textArray } from "../store.ts";
import type { SearchStanding } from "./search-row.ts";
import { beginningOfWord, queryWords } from "./search-words.ts";

/** Filters indexed aids. Omitted conditions restrict nothing; an empty list of connectors or territories matches nothing. */
export interface SearchFilter {
  /** Every word begins a word of the title, the publisher's title, an organisation, the external id or the start of the description. */
  readonly text?: string;
  /** Every word begins a word of an organisation that finances or runs the aid. */
  readonly organisation?: string;
  readonly connectors?: readonly string[];
  /** Aids that apply in one of these territories or in a territory around it. */
  readonly territories?: readonly PerimeterRef[];
  /** With `territories`: also aids of territories inside them. */
  readonly isWithin?: boolean;
  /** True: only aids that apply in a water basin. */
  readonly isByBasin?: boolean;
  readonly categories?: readonly Slug<"categories">[];
  readonly audience?: Slug<"targetedAudiences">;
  readonly type?: Slug<"aidTypes">;
  readonly standings?: readonly SearchStanding[];
  readonly status?: Slug<"status">;
  /** `YYYY-MM-DD`, both included. Aids without a deadline do not match. */
  readonly deadlineFrom?: string;
  readonly deadlineTo?: string;
  /** Deadline before this day. */
  readonly expiredOn?: string;
  /** No deadline, or a deadline on this day or later. */
  readonly notExpiredOn?: string;
  readonly hasNoDeadline?: boolean;
  /** A field to fill or correct before publication. */
  readonly missing?: AidField;
  readonly hasProposals?: boolean;
  /** How far the aid has come to publication: see `model/aid/funnel.ts`. `complete`: not published, lacks nothing; `closed`: not open. */
  readonly step?: "held" | "publishable" | "fullyDescribed" | "complete" | "published" | "open" | "closed";
  readonly language?: string;
  readonly order?: SearchOrder;
}

/** `title`; `deadline`: nearest first, aids without one last; `updated`: last changed first. Default `title`. */
export type SearchOrder = "title" | "deadline" | "updated";

/** Condition on `aid_search`: applies in a water basin. */
export const holdsByBasin = sql.raw(`(territories && array['${basins.map(({ scale, code }) => `${scale}:${code}`).join("', '")}'])`);

const isOpenNow = isReadable(openLicences);
const isPublishable = sql`standing in ('review', 'draft') and not missing && ${textArray(publicationFields)}`;
const stepConditions: Readonly<Record<NonNullable<SearchFilter["step"]>, SQL>> = {
  held: sql`standing in ('live', 'review', 'draft')`,
  publishable: sql`(standing = 'live' or ${isPublishable})`,
  complete: isPublishable,
  fullyDescribed: sql`standing in ('live', 'review', 'draft') and cardinality(missing) = 0`,
  published: sql`standing = 'live'`,
  open: sql`standing = 'live' and ${isOpenNow}`,
  closed: sql`standing = 'live' and not ${isOpenNow}`,
};

/** Returns the condition on `aid_search`. */
export function searchCondition(filter: SearchFilter): SQL {
  const { connectors, categories, audience, type, standings, status, deadlineFrom, deadlineTo, expiredOn, notExpiredOn } = filter;
  const { hasNoDeadline, missing, hasProposals, language } = filter;
  return allOf([
    ...wordConditions(queryWords(filter.text ?? "", "")),
    ...wordConditions(queryWords(filter.organisation ?? "", "/o/")),
    connectors && sql`connector = any(${textArray(connectors)})`,
    filter.territories && territoryCondition(filter.territories, filter.isWithin === true),
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
    filter.step && stepConditions[filter.step],
    language && sql`language = ${language}`,
  ]);
}

/** Returns the sort order on columns of the index. Ties are ordered by permanent id. */
export function orderOf(order: SearchOrder = "title", table: "aid_search" | "found"): SQL {
  const columns = { title: "title", deadline: "deadline", updated: "updated_at desc" }[order];
  return sql.raw(`${table}.${columns}, ${table}.aid_id`);
}

/** Matches all words as prefixes. They need no escaping in a tsquery, because they contain only letters and digits after `/o/`. */
function wordConditions(words: readonly string[]): SQL[] {
  return words.length === 0 ? [] : [sql`words @@ ${words.map((word) => beginningOfWord(word, true)).join(" & ")}::tsquery`];
}
