import { type SQL, sql } from "drizzle-orm";
import { beginningOfWord, indexWords, linkWords, queryWords, wholeWord, wordsPattern } from "../search/search-words.ts";
import { isUuid } from "../store.ts";
import { shownField } from "./shown-field.ts";

/** SQL conditions for the places in which `moisson trace` searches. */
export interface TraceConditions {
  /** Stored aids. */
  readonly aid: SQL;
  /** Changes of plans. */
  readonly planned: SQL;
  /** Aids that an undo removed. */
  readonly removed: SQL;
  /** Rejected records. */
  readonly rejected: SQL;
  /** Records that a run recognised as copies of our own aids. */
  readonly ours: SQL;
}

/** Condition: the record has the identifier of another record in the feed. */
export const isRepeated = sql`rejected.reasons @> '[{"code": "duplicate-id"}]'`;

/** Identifies the same rejected record in several runs: by its identifier, otherwise its content. */
export const recordKey = sql`coalesce(rejected.external_id, md5(rejected.record::text))`;

/** Maximum number of aids matched by title. */
const maxTitled = 300;
/** Maximum number of aids whose publisher's title is examined. */
const maxCandidates = 500;
/** Maximum number of words to search in the index. The longest are used, because short words such as `de` match nearly all aids. */
const maxQueryWords = 5;

/** Condition: the record was rejected by the last run of its connector that read the feed. */
const isOfLastFeed = sql`rejected.run_id in (
  select last.id from connectors cross join lateral (
    select id from runs where runs.connector = connectors.id and outcome in ('applied', 'applied-with-rejects', 'planned', 'held', 'stopped-early')
    order by started_at desc limit 1) last)`;

/** Matches our identifier, the publisher's current or former one, or `connector/identifier`. */
export function byIdentifier(asked: string, isQuick: boolean): TraceConditions {
  const slash = asked.indexOf("/");
  // Only columns with an index. Any other column in the `or` would make PostgreSQL scan all aids.
  const isNamed = (connector: SQL, externalId: SQL, aidId: SQL | null) =>
    sql.join(
      [
        sql`${externalId} = ${asked}`,
        ...(aidId !== null && isUuid(asked) ? [sql`${aidId} = ${asked}::uuid`] : []),
        ...(slash < 1 ? [] : [sql`(${connector} = ${asked.slice(0, slash)} and ${externalId} = ${asked.slice(slash + 1)})`]),
      ],
      sql` or `,
    );
  const hadName = sql`
    select history.aid_id from aid_history history join aids named on named.aid_id = history.aid_id
    where history.kind = 're-identify' and (${isNamed(sql`named.connector`, sql`history.before ->> 'externalId'`, null)})`;
  const indexed = indexWords(asked).map((word) => wholeWord(word, true));
  // An index on the identifiers alone would slow down imports.
  const isCandidate =
    isQuick && indexed.length > 0
      ? sql`aid_id in (select aid_id from aid_search where words @@ ${indexed.join(" & ")}::tsquery)`
      : sql`true`;
  const named = [
    sql`select aid_id from aids where ${isCandidate} and external_id = ${asked}`,
    ...(isUuid(asked) ? [sql`select ${asked}::uuid`] : []),
    ...(slash < 1
      ? []
      : [sql`select aid_id from aids where connector = ${asked.slice(0, slash)} and external_id = ${asked.slice(slash + 1)}`]),
    hadName,
  ];
  return {
    aid: sql`aids.aid_id in (${sql.join(named, sql` union `)})`,
    planned: sql`(${isNamed(sql`plans.connector`, sql`changes.external_id`, sql`changes.aid_id`)})`,
    removed: sql`(${isNamed(sql`connector`, sql`external_id`, sql`aid_id`)})`,
    rejected: sql`(${isNamed(sql`runs.connector`, sql`rejected.external_id`, null)})`,
    ours: sql`(${isNamed(sql`plans.connector`, sql`remark.external_id`, null)})`,
  };
}

/** Matches words of the title, or words anywhere in a rejected record. */
export function byWords(asked: string, isQuick: boolean): TraceConditions {
  const titles = sql`concat(${shownField("name")}, ' | ', imported ->> 'nameInitial')`;
  // The record is searched as JSON, where quotation marks are escaped.
  const inRecord = textCondition(sql`rejected.record::text`, JSON.stringify(asked).slice(1, -1));
  return {
    aid: isQuick ? titleCondition(queryWords(asked, "")) : textCondition(titles, asked),
    planned: textCondition(sql`contents.content ->> 'name'`, asked),
    removed: sql`false`,
    rejected: isQuick ? sql`(${isOfLastFeed} and ${inRecord})` : inRecord,
    ours: sql`false`,
  };
}

/**
 * Matches aids if each of these words begins a word of the displayed title, or of the publisher's title. The index does not tell which
 * words come from the publisher's title. That title is therefore read from the aids themselves, for the first matches only.
 */
function titleCondition(words: readonly string[]): SQL {
  const longest = [...words].sort((a, b) => b.length - a.length).slice(0, maxQueryWords);
  const query = longest.map((word) => beginningOfWord(word, true)).join(" & ");
  if (query === "") return sql`false`;
  const hasAll = (title: SQL) =>
    sql.join(
      words.map((word) => textCondition(title, word)),
      sql` and `,
    );
  return sql`aids.aid_id in (
    (select aid_id from aid_search where words @@ ${query}::tsquery and ${hasAll(sql`title`)} limit ${maxTitled})
    union (select own.aid_id from (select aid_id from aid_search where words @@ ${query}::tsquery limit ${maxCandidates}) met
      join aids_with_source own on own.aid_id = met.aid_id where ${hasAll(sql`own.imported ->> 'nameInitial'`)}))`;
}

function textCondition(text: SQL, words: string): SQL {
  return sql`${text} ~ ${wordsPattern(words)}`;
}

/** Preselects aids that contain the path of the link, encoded or decoded. The caller compares the whole links. */
export function byLink(asked: string, isQuick: boolean): TraceConditions {
  const { hostname, pathname } = new URL(asked);
  const path = pathname.replace(/\/+$/, "") || hostname;
  const holds = (text: SQL) =>
    sql`(position(lower(${path}) in lower(${text})) > 0 or position(lower(${readable(path)}) in lower(${text})) > 0)`;
  const inRecord = holds(sql`rejected.record::text`);
  return {
    aid: isQuick
      ? indexCondition(linkWords([asked]).map((word) => `'${word}'`))
      : holds(sql`concat_ws(' ', imported::text, kept::text, edits::text, site_url)`),
    planned: holds(sql`contents.content::text`),
    removed: sql`false`,
    rejected: isQuick ? sql`(${isOfLastFeed} and ${inRecord})` : inRecord,
    ours: sql`false`,
  };
}

/** Matches aids that have all of these words in the search index. */
function indexCondition(words: readonly string[]): SQL {
  return words.length === 0
    ? sql`false`
    : sql`aids.aid_id = any(array(select aid_search.aid_id from aid_search where aid_search.words @@ ${words.join(" & ")}::tsquery))`;
}

/** Decodes the path, for example `/logement%C3%A9`. Returns it unchanged if it cannot be decoded. */
function readable(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
