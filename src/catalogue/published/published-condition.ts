import { type SQL, sql } from "drizzle-orm";
import { openLicences } from "../../model/aid/open-data.ts";
import { isConfirmable, type ReuseBasisName } from "../../model/aid/reuse-basis.ts";
import type { PerimeterRef } from "../../model/territories/perimeter.ts";
import { samePlaces, territoriesAround } from "../../model/territories/perimeters.ts";
import { vocabularies } from "../../model/vocabularies.ts";
import { keywordQuery, rankingQuery } from "../search/keyword-query.ts";
import type { Keyword } from "../search/read-keyword.ts";
import type { searchRowOf } from "../search/search-row.ts";
import { wholeWord } from "../search/search-words.ts";
import { allOf, textArray } from "../store.ts";
import { isLetOut } from "./reuse-basis-repository.ts";

/** The columns of `aid_search` with the terms of a field. */
const termColumns = ["audiences", "categories", "types", "steps", "destinations"] as const;

type Row = ReturnType<typeof searchRowOf>;
type TermFilter = { readonly [Column in (typeof termColumns)[number]]?: readonly Row[Column][number][] };

/** Fields of the index whose words are ours. An aid without them is not classified yet; the kinds of expenses only matter for money. */
const classified = {
  categories: sql`categories = '{}'`,
  steps: sql`steps = '{}'`,
  destinations: sql`(destinations = '{}' and types && ${textArray(vocabularies.aidTypes.filter(({ group }) => group === "financial").map(({ slug }) => slug))})`,
} as const;

/** Filters live aids. Omitted conditions restrict nothing. An aid matches a list if it matches one item; an empty list matches nothing. */
export interface PublishedFilter extends TermFilter {
  /** Allowed licences, beside aids that a confirmed legal basis lets out; null allows all aids. */
  readonly licences: readonly Row["licence"][] | null;
  /** Legal bases, and `licence` for aids with an open licence of their own. */
  readonly reuseBases?: readonly ReuseBasisName[];
  /** Numbers of aids, also former ones. */
  readonly numbers?: readonly number[];
  /** No deadline, or a deadline on this day or later, `YYYY-MM-DD`. */
  readonly notExpiredOn?: string;
  /** What the aid's public text must contain. */
  readonly keyword?: Keyword;
  /** Whether the aid is about the keyword, or mentions it only once, in its description. Default: either. */
  readonly mention?: "about" | "in-passing";
  /** Also finds aids by the names of people, which are not public. */
  readonly findsPeople?: true;
  readonly connectors?: readonly string[];
  /** Aids that apply in one of these territories or in a territory around it. */
  readonly territories?: readonly PerimeterRef[];
  /** Organisations that finance or run the aid: SIREN, or `backerSlug` of the name. */
  readonly backers?: readonly string[];
  /** Programmes of the aid: `backerSlug` of the name. */
  readonly programs?: readonly string[];
  /** Project references of the aid: `backerSlug` of the name. */
  readonly projectReferences?: readonly string[];
  /** With categories, steps or destinations: also the aids that may match, but are not classified yet, or only these. */
  readonly unclassified?: "also" | "only";
  /** The aid must also have one of these types. With `types`, both conditions must hold. */
  readonly groupTypes?: TermFilter["types"];
  readonly recurrences?: readonly NonNullable<Row["recurrence"]>[];
  readonly europeanAids?: readonly NonNullable<Row["european_aid"]>[];
  /** Deadline on this day or earlier. Aids without a deadline do not match. */
  readonly deadlineTo?: string;
  /** First published at this ISO instant or later. */
  readonly publishedFrom?: string;
  readonly isCall?: true;
  /** False includes aids for which it is unknown. */
  readonly isCharged?: boolean;
}

/** Returns the condition on `aid_search`. It is written so that the planner can use the index on live aids. */
export function publishedCondition(filter: PublishedFilter): SQL {
  const { licences, notExpiredOn, connectors, territories, backers } = filter;
  const { recurrences, europeanAids, deadlineTo, publishedFrom, isCall, isCharged } = filter;
  const findsPeople = filter.findsPeople === true;
  return allOf([
    sql`standing = 'live'`,
    licences && isReadable(licences),
    filter.reuseBases && restsOn(filter.reuseBases),
    filter.numbers && numberCondition(filter.numbers),
    notExpiredOn && sql`(deadline is null or deadline >= ${notExpiredOn}::date)`,
    filter.keyword && sql`words @@ ${keywordQuery(filter.keyword, findsPeople)}::tsquery`,
    filter.keyword && filter.mention && mentionCondition(filter.keyword, filter.mention),
    connectors && sql`connector = any(${textArray(connectors)})`,
    territories && territoryCondition(territories),
    backers && nameCondition("/b/", backers, findsPeople),
    filter.programs && nameCondition("/g/", filter.programs, findsPeople),
    filter.projectReferences && nameCondition("/r/", filter.projectReferences, findsPeople),
    ...termColumns.map((column) => termCondition(column, filter)),
    filter.unclassified === "only"
      ? sql`(${sql.join([sql`false`, ...filteredClasses(filter).map((column) => classified[column])], sql` or `)})`
      : undefined,
    hasOneOf("types", filter.groupTypes),
    recurrences && sql`recurrence = any(${textArray(recurrences)})`,
    europeanAids && sql`european_aid = any(${textArray(europeanAids)})`,
    deadlineTo && sql`deadline <= ${deadlineTo}::date`,
    publishedFrom && sql`published_at >= ${publishedFrom}::timestamptz`,
    isCall && sql`is_call`,
    isCharged === undefined ? undefined : sql`(is_charged is true) = ${isCharged}`,
  ]);
}

/** What `ts_rank_cd` adds for a word that is mentioned once; a phrase adds less. */
export const onceMentioned = 0.1;

/** Returns the condition that an aid with the keyword is about it: title, names or categories have it, or the texts twice, or several terms. */
function mentionCondition({ anyOf }: Keyword, mention: NonNullable<PublishedFilter["mention"]>): SQL {
  const each = anyOf.map((group) => {
    const whole = { anyOf: [group], noneOf: [] };
    const wanted = sql`${keywordQuery(whole, false)}::tsquery`;
    if (group.length > 1) return sql`words @@ ${wanted}`;
    return sql`ranked @@ to_tsquery('french', ${rankingQuery(whole)}) or ts_rank_cd(words, ${wanted}) > ${onceMentioned * 1.4}::float8`;
  });
  const isAbout = sql`(${sql.join([sql`false`, ...each], sql` or `)})`;
  return mention === "about" ? isAbout : sql`not ${isAbout}`;
}

/** Returns the filtered columns whose words are ours. */
function filteredClasses(filter: TermFilter): (keyof typeof classified)[] {
  return (Object.keys(classified) as (keyof typeof classified)[]).filter((column) => filter[column] !== undefined);
}

/** Returns true if aids that are not classified yet may match the filter. */
export function leavesOutUnclassified(filter: PublishedFilter): boolean {
  return filter.unclassified === undefined && filteredClasses(filter).length > 0;
}

function termCondition(column: (typeof termColumns)[number], filter: PublishedFilter): SQL | undefined {
  const matches = hasOneOf(column, filter[column]);
  if (matches === undefined || filter.unclassified === undefined || !(column in classified)) return matches;
  return sql`(${matches} or ${classified[column as keyof typeof classified]})`;
}

function hasOneOf(column: (typeof termColumns)[number], terms: readonly string[] | undefined): SQL | undefined {
  return terms && sql`${sql.identifier(column)} && ${textArray(terms)}`;
}

/** Returns the condition that everybody may read an aid of `aid_search`: its licence is one of these, or a confirmed basis lets it out. */
export function isReadable(licences: Iterable<string>): SQL {
  return sql`(licence = any(${textArray(licences)}) or ${isLetOut(sql`aid_search.connector`, sql`aid_search.licence`)})`;
}

function restsOn(bases: readonly ReuseBasisName[]): SQL {
  const isLicensed = bases.includes("licence") ? sql`licence = any(${textArray(openLicences)})` : sql`false`;
  return sql`(${isLicensed} or ${isLetOut(sql`aid_search.connector`, sql`aid_search.licence`, bases.filter(isConfirmable))})`;
}

/** Returns an equal condition for counting. It finds territories through `territory_sets`, so that counting reads only an index. */
export function countCondition({ territories, ...filter }: PublishedFilter): SQL {
  if (territories === undefined) return publishedCondition(filter);
  return sql`${publishedCondition(filter)} and territory_set in (select key from territory_sets where ${territoryCondition(territories)})`;
}

function numberCondition(numbers: readonly number[]): SQL {
  const asked = sql`(select jsonb_array_elements(${JSON.stringify(numbers)}::jsonb)::bigint)`;
  return sql`aid_id in (select aid_id from aid_numbers where number in ${asked} or former_number in ${asked})`;
}

function nameCondition(prefix: string, slugs: readonly string[], findsPeople: boolean): SQL {
  if (slugs.length === 0) return sql`false`;
  return sql`words @@ ${slugs.map((slug) => wholeWord(prefix + slug, findsPeople)).join(" | ")}::tsquery`;
}

/** Returns true if the filter has words. The planner must then be told to use the index on words. */
export function asksForWords({ keyword, backers, programs, projectReferences }: PublishedFilter): boolean {
  return [backers, programs, projectReferences].some((names) => names !== undefined) || (keyword?.anyOf.length ?? 0) > 0;
}

/**
 * Returns the condition that an aid applies in one of the territories, or, with `isWithin`, also in a territory inside them. Keys: see
 * `territoriesOf` in `search-row.ts`.
 */
export function territoryCondition(territories: readonly PerimeterRef[], isWithin = false): SQL {
  const each = territories.map((territory) => {
    const around = [...samePlaces(territory), ...territoriesAround(territory)].map(({ scale, code }) => `${scale}:${code}`);
    const keys = isWithin ? [...around, ...samePlaces(territory).map(({ scale, code }) => `in:${scale}:${code}`)] : around;
    return sql`(territories && ${textArray(keys)} and not territories && ${textArray(around.map((outer) => `not:${outer}`))})`;
  });
  return each.length === 0 ? sql`false` : sql`(${sql.join(each, sql` or `)})`;
}
