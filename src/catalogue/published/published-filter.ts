import { SQL, sql } from "drizzle-orm";
import type { PerimeterRef } from "../../model/territories/perimeter.ts";
import { territoriesAround } from "../../model/territories/perimeters.ts";
import type { Slug } from "../../model/vocabularies.ts";
import { beginningOfWord, queryWords, wholeWord } from "../search/search-words.ts";

/**
 * Which of the aids that are live. What is left out asks for nothing; of a list, one that fits is enough; an empty list is answered by no
 * aid.
 */
export interface PublishedFilter {
  /** Licences; null: whatever the licence. */
  readonly licences: readonly Slug<"importShareLicence">[] | null;
  /** No deadline, or one on this day or later, `YYYY-MM-DD`. */
  readonly notExpiredOn?: string;
  /** Every word of it begins a word of the aid, as in `SearchFilter`, that anybody may read. */
  readonly text?: string;
  /** Words and backers find aids by people too that are taken out of what anybody may read. */
  readonly findsPeople?: true;
  /** Every word of `text` begins one of the title that anybody may read; false: one does not. */
  readonly isInTitle?: boolean;
  readonly connectors?: readonly string[];
  /** Aids that hold in one of these territories: there itself, or in one that it lies in. */
  readonly territories?: readonly PerimeterRef[];
  /** Organisations that pay for or run the aid: SIREN, or `backerSlug` of the name. */
  readonly backers?: readonly string[];
  readonly audiences?: readonly Slug<"targetedAudiences">[];
  readonly categories?: readonly Slug<"categories">[];
  readonly types?: readonly Slug<"aidTypes">[];
  /** With `types`: and one of these. */
  readonly groupTypes?: readonly Slug<"aidTypes">[];
  readonly steps?: readonly Slug<"mobilizationSteps">[];
  readonly destinations?: readonly Slug<"destinations">[];
  readonly recurrences?: readonly Slug<"recurrence">[];
  readonly europeanAids?: readonly Slug<"europeanAid">[];
  /** Deadline on this day or before; an aid without a deadline has none. */
  readonly deadlineTo?: string;
  /** First published at this instant or later, ISO. */
  readonly publishedFrom?: string;
  readonly isCall?: true;
  /** False: also those of which it is not known. */
  readonly isCharged?: boolean;
}

/** Condition on `aid_search`. Written so that the planner sees the values, and the index on what is live is found. */
export function isPublished(filter: PublishedFilter): SQL {
  const { licences, notExpiredOn, connectors, territories, backers, audiences, categories, types, steps } = filter;
  const { groupTypes, destinations, recurrences, europeanAids, deadlineTo, publishedFrom, isCall, isCharged } = filter;
  const findsPeople = filter.findsPeople === true;
  const conditions = [
    sql`standing = 'live'`,
    licences && sql`licence = any(${list(licences)})`,
    notExpiredOn && sql`(deadline is null or deadline >= ${notExpiredOn}::date)`,
    ...saysAll(filter, findsPeople),
    connectors && sql`connector = any(${list(connectors)})`,
    territories && holdsIn(territories),
    backers &&
      (backers.length === 0
        ? sql`false`
        : sql`words @@ ${backers.map((backer) => wholeWord(`/b/${backer}`, findsPeople)).join(" | ")}::tsquery`),
    audiences && sql`audiences && ${list(audiences)}`,
    categories && sql`categories && ${list(categories)}`,
    types && sql`types && ${list(types)}`,
    groupTypes && sql`types && ${list(groupTypes)}`,
    steps && sql`steps && ${list(steps)}`,
    destinations && sql`destinations && ${list(destinations)}`,
    recurrences && sql`recurrence = any(${list(recurrences)})`,
    europeanAids && sql`european_aid = any(${list(europeanAids)})`,
    deadlineTo && sql`deadline <= ${deadlineTo}::date`,
    publishedFrom && sql`published_at >= ${publishedFrom}::timestamptz`,
    isCall && sql`is_call`,
    isCharged === undefined ? undefined : sql`(is_charged is true) = ${isCharged}`,
  ];
  return sql.join(
    conditions.filter((condition) => condition instanceof SQL),
    sql` and `,
  );
}

/** The same, to count them: territories are looked for in the lists that there are of them, so that what is counted stands in an index alone. */
export function isCounted({ territories, ...filter }: PublishedFilter): SQL {
  if (territories === undefined) return isPublished(filter);
  return sql`${isPublished(filter)} and territory_set in (select key from territory_sets where ${holdsIn(territories)})`;
}

function saysAll({ text = "", isInTitle }: PublishedFilter, findsPeople: boolean): SQL[] {
  const words = queryWords(text, "").map((word) => beginningOfWord(word, findsPeople));
  if (words.length === 0) return isInTitle === false ? [sql`false`] : [];
  const ofTitle = queryWords(text, "/t/")
    .map((word) => beginningOfWord(word, false))
    .join(" & ");
  const asked = isInTitle === true ? ofTitle : [...words, ...(isInTitle === false ? [`!(${ofTitle})`] : [])].join(" & ");
  return [sql`words @@ ${asked}::tsquery`];
}

/** True where words are asked for: of these the planner is best told to ask the index on words first. */
export function asksForWords({ text, backers }: PublishedFilter): boolean {
  return backers !== undefined || queryWords(text ?? "", "").length > 0;
}

/** See `territoriesOf` of `search-row.ts`. */
function holdsIn(territories: readonly PerimeterRef[]): SQL {
  const each = territories.map((territory) => {
    const around = [territory, ...territoriesAround(territory)].map(({ scale, code }) => `${scale}:${code}`);
    return sql`(territories && ${list(around)} and not territories && ${list(around.map((outer) => `not:${outer}`))})`;
  });
  return each.length === 0 ? sql`false` : sql`(${sql.join(each, sql` or `)})`;
}

/** Slugs and codes hold no comma. An array that the planner reads as if it stood there: it knows how many aids fit. */
function list(values: readonly string[]): SQL {
  return sql`string_to_array(${values.join(",")}, ',')`;
}
