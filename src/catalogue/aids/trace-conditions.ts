import { type SQL, sql } from "drizzle-orm";
import { beginningOfWord, linkWords, queryWords } from "../search/search-words.ts";
import { wordsPattern } from "../search/words-pattern.ts";
import { shownField } from "./shown-field.ts";

/** Where to look: for aids, creations that plans hold, aids that undo removed, rejected records, records that are our own, each with its condition. */
export interface TraceConditions {
  readonly aid: SQL;
  readonly planned: SQL;
  readonly removed: SQL;
  readonly rejected: SQL;
  readonly ours: SQL;
}

/** It is a record of something else, under the identifier of another one. */
export const isRepeated = sql`rejected.reasons @> '[{"code": "duplicate-id"}]'`;

/** What makes a rejected record the same in several runs: its identifier, else its content. */
export const recordKey = sql`coalesce(rejected.external_id, md5(rejected.record::text))`;

/** Aids that have the words in their title: more than are shown by far. */
const mostTitled = 300;
/** Aids that a common word is looked for in. */
const mostMet = 500;
/** Words that the index is asked for, the longest: `d` and `de` begin words of nearly all aids. */
const mostAsked = 5;

/** The last run of each connector that read its feed. */
const isOfLastFeed = sql`rejected.run_id in (
  select last.id from connectors cross join lateral (
    select id from runs where runs.connector = connectors.id and outcome in ('applied', 'applied-with-rejects', 'planned', 'held', 'stopped-early')
    order by started_at desc limit 1) last)`;

/** By an identifier of ours, the publisher's of today or before, or `connector/identifier`. */
export function byIdentifier(asked: string): TraceConditions {
  const slash = asked.indexOf("/");
  const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(asked);
  // Each of them by an index of its own: an `or` over what no index knows reads all aids.
  const isNamed = (connector: SQL, externalId: SQL, aidId: SQL | null) =>
    sql.join(
      [
        sql`${externalId} = ${asked}`,
        ...(aidId !== null && isUuid ? [sql`${aidId} = ${asked}::uuid`] : []),
        ...(slash < 1 ? [] : [sql`(${connector} = ${asked.slice(0, slash)} and ${externalId} = ${asked.slice(slash + 1)})`]),
      ],
      sql` or `,
    );
  const hadName = sql`
    select history.aid_id from aid_history history join aids named on named.aid_id = history.aid_id
    where history.kind = 're-identify' and (${isNamed(sql`named.connector`, sql`history.before ->> 'externalId'`, null)})`;
  return {
    aid: sql`aids.aid_id in (select aid_id from aids where ${isNamed(sql`connector`, sql`external_id`, sql`aid_id`)} union ${hadName})`,
    planned: sql`(${isNamed(sql`plans.connector`, sql`changes.external_id`, sql`changes.aid_id`)})`,
    removed: sql`(${isNamed(sql`connector`, sql`external_id`, sql`aid_id`)})`,
    rejected: sql`(${isNamed(sql`runs.connector`, sql`rejected.external_id`, null)})`,
    ours: sql`(${isNamed(sql`plans.connector`, sql`remark.external_id`, null)})`,
  };
}

/** By words of a title; of a rejected record, anywhere in it. */
export function byWords(asked: string, isQuick: boolean): TraceConditions {
  const titles = sql`concat(${shownField("name")}, ' | ', imported ->> 'nameInitial')`;
  // The words stand in JSON as JSON writes them: a quotation mark has a backslash before it.
  const inRecord = isIn(sql`rejected.record::text`, JSON.stringify(asked).slice(1, -1));
  return {
    aid: isQuick ? titledWith(queryWords(asked, "")) : isIn(titles, asked),
    planned: isIn(sql`prepared.content ->> 'name'`, asked),
    removed: sql`false`,
    rejected: isQuick ? sql`(${isOfLastFeed} and ${inRecord})` : inRecord,
    ours: sql`false`,
  };
}

/** All of these words begin words of the title shown, or of the publisher's own: of the latter, which the index does not hold apart, no more are read than that. */
function titledWith(words: readonly string[]): SQL {
  const telling = [...words].sort((a, b) => b.length - a.length).slice(0, mostAsked);
  const query = telling.map((word) => beginningOfWord(word, true)).join(" & ");
  if (query === "") return sql`false`;
  const hasAll = (title: SQL) =>
    sql.join(
      words.map((word) => isIn(title, word)),
      sql` and `,
    );
  return sql`aids.aid_id in (
    (select aid_id from aid_search where words @@ ${query}::tsquery and ${hasAll(sql`title`)} limit ${mostTitled})
    union (select own.aid_id from (select aid_id from aid_search where words @@ ${query}::tsquery limit ${mostMet}) met
      join aids own on own.aid_id = met.aid_id where ${hasAll(sql`own.imported ->> 'nameInitial'`)}))`;
}

function isIn(text: SQL, words: string): SQL {
  return sql`${text} ~ ${wordsPattern(words)}`;
}

/** By a link: a first, wide choice by the path, as it is written or as people read it; the links themselves are compared afterwards. */
export function byLink(asked: string, isQuick: boolean): TraceConditions {
  const { hostname, pathname } = new URL(asked);
  const path = pathname.replace(/\/+$/, "") || hostname;
  const holds = (text: SQL) =>
    sql`(position(lower(${path}) in lower(${text})) > 0 or position(lower(${readable(path)}) in lower(${text})) > 0)`;
  const inRecord = holds(sql`rejected.record::text`);
  return {
    aid: isQuick
      ? isIndexed(linkWords([asked]).map((word) => `'${word}'`))
      : holds(sql`concat_ws(' ', imported::text, kept::text, edits::text, site_url)`),
    planned: holds(sql`prepared.content::text`),
    removed: sql`false`,
    rejected: isQuick ? sql`(${isOfLastFeed} and ${inRecord})` : inRecord,
    ours: sql`false`,
  };
}

/** All of these are among the words of the index. */
function isIndexed(words: readonly string[]): SQL {
  return words.length === 0
    ? sql`false`
    : sql`aids.aid_id in (select aid_search.aid_id from aid_search where aid_search.words @@ ${words.join(" & ")}::tsquery)`;
}

/** `/logement%C3%A9` as `/logementé`; as it stands where it is not so encoded. */
function readable(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
