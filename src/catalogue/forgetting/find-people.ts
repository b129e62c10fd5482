import { type SQL, sql } from "drizzle-orm";
import { getTableConfig, type PgTable } from "drizzle-orm/pg-core";
import { storableJson, storableText } from "../../model/text/storable.ts";
import * as api from "../schema/api-tables.ts";
import * as desk from "../schema/console-tables.ts";
import * as partners from "../schema/partner-tables.ts";
import * as accounts from "../schema/publisher-account-tables.ts";
import * as feeds from "../schema/run-tables.ts";
import * as catalogue from "../schema/tables.ts";
import type { Store } from "../store.ts";

/** A table that may contain personal data. */
export interface PersonalTable {
  readonly table: string;
  /** Relation with the columns, if the table does not have all of them. */
  readonly view?: string;
  /** Condition on `place`: other rows are cleaned with another table. */
  readonly isOwn?: SQL;
  /** Primary key columns with their types. */
  readonly key: readonly (readonly [name: string, type: string])[];
  readonly json: readonly string[];
  readonly text: readonly string[];
  /** Addresses. An address that contains a person is emptied. */
  readonly links?: readonly string[];
}

/** Describes a table with all its JSON and these texts. */
function personal(of: PgTable, text: readonly string[], more: Partial<PersonalTable> = {}): PersonalTable {
  const { name: table, columns, primaryKeys } = getTableConfig(of);
  const keys = primaryKeys[0]?.columns.map(({ name }) => name) ?? columns.filter(({ primary }) => primary).map(({ name }) => name);
  const typeOf = (key: string) => columns.find(({ name }) => name === key)?.getSQLType() ?? "text";
  const json = columns.filter((column) => column.getSQLType() === "jsonb" && column.generated === undefined).map(({ name }) => name);
  return { table, key: keys.map((name) => [name, typeOf(name)]), json, text, ...more };
}

/**
 * All tables except `aids` and `contents`, in the order of cleaning. Data that could be copied to another table comes before that table. External ids are
 * left out, because they identify the aid.
 */
export const personalTables: readonly PersonalTable[] = [
  personal(catalogue.changes, ["note"]),
  personal(feeds.plannedAids, ["locator"]),
  personal(feeds.stagedAids, ["locator"]),
  personal(catalogue.plans, ["made_by", "applied_by", "closed_by", "note"]),
  personal(catalogue.planRemarks, []),
  personal(catalogue.aidHistory, ["by", "note"]),
  personal(feeds.rejectedContents, ["external_id"]),
  personal(feeds.rejections, ["locator"]),
  personal(feeds.runs, ["asked_by", "cancel_asked_by", "applied_by", "undone_by"]),
  personal(feeds.digests, []),
  personal(desk.letters, ["by", "revoked_by", "sent_by", "sent_to"]),
  personal(partners.publishers, ["name", "agreed_by", "agreement_document", "next_action", "created_by", "updated_by"], {
    links: ["website"],
  }),
  personal(partners.publisherContacts, ["name", "role", "email", "phone", "note", "by"]),
  personal(partners.peoplePolicies, ["why", "by"]),
  personal(partners.exchanges, ["text", "by"]),
  personal(accounts.publisherFiles, ["name", "by"]),
  personal(partners.sharedPreviews, ["by", "revoked_by"]),
  personal(partners.publisherRequests, ["title", "remark", "by", "ended_by", "ended_why"]),
  personal(partners.openDataOffers, ["offered_by", "validated_by", "validated_as", "revoked_by"]),
  personal(partners.letterAnswers, ["remark"]),
  personal(desk.drafts, ["title", "created_by", "updated_by"]),
  personal(desk.connectorVersions, ["why", "by"]),
  personal(feeds.feedDecisions, ["note", "by"]),
  personal(catalogue.standingDecisions, ["note", "by", "ended_by"]),
  personal(catalogue.policyChecks, ["by"]),
  personal(api.personAnswers, ["text", "by"]),
  personal(api.errorReports, ["text", "point", "by"]),
  personal(partners.feedLeads, ["title", "publisher", "why", "decided_by"]),
  personal(feeds.setAsides, ["field", "reason", "by", "assigned_to"]),
  personal(feeds.pauses, ["reason", "by"]),
  personal(feeds.snapshots, []),
  personal(feeds.forgotten, ["by"]),
];

/** Contents that are not those of an aid: of the history, of plans, and of runs in progress. They are cleaned with `forgetInContent`. */
export const contentsTable = personal(catalogue.contents, [], {
  isOwn: sql`not exists (select from aid_sources source where source.content_id = place.id and source.aid_id = place.aid_id)`,
});

/** The aids with their contents, which are cleaned with `forgetInAid`. */
export const aidsTable = personal(catalogue.aids, ["withdrawn_by"], {
  view: "aids_with_source",
  json: ["own", "borrowed", "kept", "edits", "proposals", "memo", "watch"],
  links: ["site_url"],
});

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
      from ${sql.identifier(place.view ?? place.table)} place join jsonb_to_recordset(${storableJson(page)}::jsonb) as wanted (${joined(place.key.map(([name, type]) => sql`${sql.identifier(name)} ${sql.raw(type)}`))})
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
  return store.values<FoundRow["key"]>(sql`
      select key from (
        select ${objectOf(place.key.map(([name]) => name))} as key, concat_ws(' ', ${joined(columns)}) as text
        from ${sql.identifier(place.view ?? place.table)} place where ${place.isOwn ?? sql`true`} offset 0
      ) place where ${patternsCondition(sql`text`, search)}`);
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

function joined(parts: readonly SQL[], by: SQL = sql`, `): SQL {
  return sql.join([...parts], by);
}
