import { type SQL, sql } from "drizzle-orm";
import { storableJson, storableText } from "../../model/text/storable.ts";
import type { Store } from "../store.ts";

/** A table that may contain personal data. */
export interface PersonalTable {
  readonly table: string;
  /** Relation with the columns, if the table does not have all of them. */
  readonly view?: string;
  /** Condition on `place`: other rows are cleaned with another table. */
  readonly isOwn?: SQL;
  /** Primary key columns with their types. */
  readonly key: readonly (readonly [name: string, type: "uuid" | "text" | "int" | "bigint"])[];
  readonly json: readonly string[];
  readonly text: readonly string[];
  /** Addresses. An address that contains a person is emptied. */
  readonly links?: readonly string[];
}

const id = [["id", "uuid"]] as const;
const staged = [
  ["run_id", "uuid"],
  ["external_id", "text"],
] as const;

/**
 * All tables except `aids` and `contents`, in the order of cleaning. Data that could be copied to another table comes before that table. External ids are
 * left out, because they identify the aid.
 */
export const personalTables: readonly PersonalTable[] = [
  {
    table: "changes",
    key: [
      ["plan_id", "uuid"],
      ["aid_id", "uuid"],
      ["slice", "int"],
    ],
    json: ["fields", "state", "match"],
    text: ["note"],
  },
  { table: "planned_aids", key: staged, json: ["memo"], text: ["locator"] },
  { table: "staged_aids", key: staged, json: ["memo"], text: ["locator"] },
  { table: "plans", key: id, json: ["asked", "guards", "warnings", "apply_request"], text: ["made_by", "applied_by", "closed_by", "note"] },
  { table: "plan_remarks", key: [["id", "bigint"]], json: ["params"], text: [] },
  {
    table: "aid_history",
    key: [
      ["aid_id", "uuid"],
      ["revision", "int"],
    ],
    json: ["fields", "before"],
    text: ["by", "note"],
  },
  { table: "rejected_contents", key: id, json: ["record", "reasons"], text: ["external_id"] },
  { table: "rejections", key: [["id", "bigint"]], json: [], text: ["locator"] },
  { table: "runs", key: id, json: ["progress", "options", "report"], text: ["asked_by", "cancel_asked_by", "applied_by", "undone_by"] },
  { table: "digests", key: id, json: ["content", "failures"], text: [] },
  { table: "letters", key: id, json: ["content"], text: ["by", "revoked_by", "sent_by", "sent_to"] },
  {
    table: "publishers",
    key: id,
    json: [],
    text: ["name", "agreed_by", "agreement_document", "next_action", "created_by", "updated_by"],
    links: ["website"],
  },
  { table: "publisher_contacts", key: id, json: [], text: ["name", "role", "email", "phone", "note", "by"] },
  { table: "people_policies", key: [["seq", "bigint"]], json: [], text: ["why", "by"] },
  { table: "exchanges", key: [["seq", "bigint"]], json: ["details"], text: ["text", "by"] },
  { table: "publisher_files", key: id, json: ["answers"], text: ["name", "by"] },
  { table: "shared_previews", key: id, json: ["content"], text: ["by", "revoked_by"] },
  { table: "publisher_requests", key: id, json: [], text: ["title", "remark", "by", "ended_by", "ended_why"] },
  { table: "open_data_offers", key: [["publisher", "uuid"]], json: [], text: ["offered_by", "validated_by", "validated_as", "revoked_by"] },
  { table: "letter_answers", key: [["seq", "bigint"]], json: [], text: ["remark"] },
  { table: "drafts", key: id, json: ["answers"], text: ["title", "created_by", "updated_by"] },
  {
    table: "connector_versions",
    key: [
      ["connector", "text"],
      ["version", "int"],
    ],
    json: ["definition", "changes", "terms"],
    text: ["why", "by"],
  },
  {
    table: "feed_decisions",
    key: [
      ["connector", "text"],
      ["kind", "text"],
      ["subject", "text"],
    ],
    json: ["paths"],
    text: ["note", "by"],
  },
  { table: "standing_decisions", key: id, json: ["value"], text: ["note", "by", "ended_by"] },
  { table: "policy_checks", key: [["aid_id", "uuid"]], json: [], text: ["by"] },
  { table: "person_answers", key: [["key", "text"]], json: [], text: ["text", "by"] },
  { table: "error_reports", key: [["id", "bigint"]], json: [], text: ["text", "point", "by"] },
  { table: "feed_leads", key: id, json: [], text: ["title", "publisher", "why", "decided_by"] },
  { table: "set_asides", key: id, json: [], text: ["field", "reason", "by", "assigned_to"] },
  { table: "pauses", key: [["connector", "text"]], json: [], text: ["reason", "by"] },
  { table: "snapshots", key: [["hash", "text"]], json: ["parts"], text: [] },
  { table: "forgotten", key: [["trace", "text"]], json: [], text: ["by"] },
];

/** Contents that are not those of an aid: of the history, of plans, and of runs in progress. They are cleaned with `forgetInContent`. */
export const contentsTable: PersonalTable = {
  table: "contents",
  isOwn: sql`not exists (select from aid_sources source where source.content_id = place.id and source.aid_id = place.aid_id)`,
  key: [["id", "bigint"]],
  json: ["content"],
  text: [],
};

/** The aids with their contents, which are cleaned with `forgetInAid`. */
export const aidsTable: PersonalTable = {
  table: "aids",
  view: "aids_with_source",
  key: [["aid_id", "uuid"]],
  json: ["own", "borrowed", "kept", "edits", "proposals", "memo", "watch"],
  text: ["withdrawn_by"],
  links: ["site_url"],
};

/** People to search for. */
export interface PersonSearch {
  /** PostgreSQL regular expressions. A row is a candidate if its text matches all expressions of one list. */
  readonly patterns: readonly (readonly string[])[];
  /** Removes the people from a JSON value. Returns the same value if it names nobody, and null if nothing of a text is left. */
  readonly clean: (value: unknown) => unknown;
}

/** A row that contains a person. */
export interface FoundRow {
  readonly key: Readonly<Record<string, string | number>>;
  readonly before: Readonly<Record<string, unknown>>;
  /** New values of the changed columns. */
  readonly changed: Readonly<Record<string, unknown>>;
}

const rowsAPage = 100;

/**
 * Finds the rows of a table that contain people, in pages. The database preselects rows by pattern, then each row is checked. `forUpdate`:
 * locks the rows for the rest of the transaction.
 */
export async function* findPeople(
  store: Store,
  place: PersonalTable,
  search: PersonSearch,
  forUpdate: boolean,
): AsyncGenerator<FoundRow[]> {
  const keys = await candidates(store, place, search);
  for (let first = 0; first < keys.length; first += rowsAPage) {
    const page = keys.slice(first, first + rowsAPage);
    const rows = await store.rows<Omit<FoundRow, "changed">>(sql`
      select ${objectOf(place.key.map(([name]) => name))} as key, ${objectOf(columnsOf(place))} as before
      from ${sql.identifier(place.view ?? place.table)} place join jsonb_to_recordset(${storableJson(page)}::jsonb) as wanted (${recordOf(place)})
        on ${joined(
          place.key.map(([name]) => sql`place.${sql.identifier(name)} = wanted.${sql.identifier(name)}`),
          sql` and `,
        )}
      order by ${joined(place.key.map(([name]) => sql`place.${sql.identifier(name)}`))} ${forUpdate ? sql`for update of place` : sql``}`);
    const found = rows.flatMap((row) => cleanedRow(row, place, search));
    if (found.length > 0) yield found;
  }
}

/** Writes the new values of a row. */
export async function writeRow(store: Store, place: PersonalTable, { key, changed }: Pick<FoundRow, "key" | "changed">): Promise<void> {
  const set = Object.entries(changed).map(([name, value]) => {
    const written = place.json.includes(name) ? sql`${storableJson(value)}::jsonb` : sql`${value}::text`;
    return sql`${sql.identifier(name)} = ${written}`;
  });
  await store.rows(sql`update ${sql.identifier(place.table)} set ${joined(set)} where ${keyCondition(place, key)}`);
}

function keyCondition(place: PersonalTable, key: FoundRow["key"]): SQL {
  return joined(
    place.key.map(([name, type]) => sql`${sql.identifier(name)} = ${String(key[name])}::${sql.raw(type)}`),
    sql` and `,
  );
}

/** Returns the condition that a text matches all patterns of one list. */
export function patternsCondition(text: SQL, { patterns }: Pick<PersonSearch, "patterns">): SQL {
  const person = (all: readonly string[]) =>
    sql`(${joined(
      all.map((pattern) => sql`${text} ~ ${pattern}`),
      sql` and `,
    )})`;
  return patterns.length === 0 ? sql`false` : sql`(${joined(patterns.map(person), sql` or `)})`;
}

function candidates(store: Store, place: PersonalTable, search: PersonSearch): Promise<FoundRow["key"][]> {
  const columns = columnsOf(place).map((name) => sql`${sql.identifier(name)}::text`);
  return store
    .rows<{ key: FoundRow["key"] }>(sql`
      select key from (
        select ${objectOf(place.key.map(([name]) => name))} as key, concat_ws(' ', ${joined(columns)}) as text
        from ${sql.identifier(place.view ?? place.table)} place where ${place.isOwn ?? sql`true`} offset 0
      ) place where ${patternsCondition(sql`text`, search)}`)
    .then((rows) => rows.map(({ key }) => key));
}

function cleanedRow(row: Omit<FoundRow, "changed">, place: PersonalTable, { clean }: PersonSearch): FoundRow[] {
  const changed: Record<string, unknown> = {};
  for (const name of columnsOf(place)) {
    const value = row.before[name];
    const left = value === null ? null : clean(value);
    if (left === value) continue;
    if (place.text.includes(name)) changed[name] = storableText(String(left ?? "…"));
    else changed[name] = left;
  }
  return Object.keys(changed).length === 0 ? [] : [{ ...row, changed }];
}

function columnsOf({ json, text, links = [] }: PersonalTable): string[] {
  return [...json, ...text, ...links];
}

function objectOf(names: readonly string[]): SQL {
  return sql`jsonb_build_object(${joined(names.map((name) => sql`${sql.raw(`'${name}'`)}, place.${sql.identifier(name)}`))})`;
}

function recordOf({ key }: PersonalTable): SQL {
  return joined(key.map(([name, type]) => sql`${sql.identifier(name)} ${sql.raw(type)}`));
}

function joined(parts: readonly SQL[], by: SQL = sql`, `): SQL {
  return sql.join([...parts], by);
}
