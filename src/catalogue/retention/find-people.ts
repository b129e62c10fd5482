import { type SQL, sql } from "drizzle-orm";
import { storableJson, storableText } from "../storable-json.ts";
import type { Store } from "../store.ts";
import type { PersonalTable } from "./personal-tables.ts";

/** Whom to look for. */
export interface PersonSearch {
  /** Regular expressions as PostgreSQL reads them: a row is looked at where all of one list match what it says. */
  readonly patterns: readonly (readonly string[])[];
  /** A value of JSON without the people; the very value where it holds none of them. Null: a text of which nothing is left. */
  readonly clean: (value: unknown) => unknown;
}

/** A row that held somebody. */
export interface FoundRow {
  readonly key: Readonly<Record<string, string | number>>;
  readonly before: Readonly<Record<string, unknown>>;
  /** The columns that change, with what they become. */
  readonly changed: Readonly<Record<string, unknown>>;
}

const rowsAPage = 100;

/**
 * Looks through a table for people and gives the rows that hold them, in pages, locked for the rest of the transaction. First a wide choice by the database,
 * then row by row.
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
      from ${sql.identifier(place.table)} place join jsonb_to_recordset(${storableJson(page)}::jsonb) as wanted (${recordOf(place)})
        on ${joined(
          place.key.map(([name]) => sql`place.${sql.identifier(name)} = wanted.${sql.identifier(name)}`),
          sql` and `,
        )}
      order by ${joined(place.key.map(([name]) => sql`place.${sql.identifier(name)}`))} ${forUpdate ? sql`for update of place` : sql``}`);
    const swept = rows.flatMap((row) => sweptRow(row, place, search));
    if (swept.length > 0) yield swept;
  }
}

/** Writes what a row becomes. */
export async function writeRow(store: Store, place: PersonalTable, { key, changed }: Pick<FoundRow, "key" | "changed">): Promise<void> {
  const set = Object.entries(changed).map(([name, value]) => {
    const written = place.json.includes(name) ? sql`${storableJson(value)}::jsonb` : sql`${value}::text`;
    return sql`${sql.identifier(name)} = ${written}`;
  });
  await store.rows(sql`update ${sql.identifier(place.table)} set ${joined(set)} where ${isRow(place, key)}`);
}

/** The condition that a row has this key. */
function isRow(place: PersonalTable, key: FoundRow["key"]): SQL {
  return joined(
    place.key.map(([name, type]) => sql`${sql.identifier(name)} = ${String(key[name])}::${sql.raw(type)}`),
    sql` and `,
  );
}

/** True for texts (`said`) that one list of patterns matches as a whole. */
export function matchesPatterns(said: SQL, { patterns }: Pick<PersonSearch, "patterns">): SQL {
  const person = (all: readonly string[]) =>
    sql`(${joined(
      all.map((pattern) => sql`${said} ~ ${pattern}`),
      sql` and `,
    )})`;
  return patterns.length === 0 ? sql`false` : sql`(${joined(patterns.map(person), sql` or `)})`;
}

function candidates(store: Store, place: PersonalTable, search: PersonSearch): Promise<FoundRow["key"][]> {
  const columns = columnsOf(place).map((name) => sql`${sql.identifier(name)}::text`);
  return store
    .rows<{ key: FoundRow["key"] }>(sql`
      select key from (
        select ${objectOf(place.key.map(([name]) => name))} as key, concat_ws(' ', ${joined(columns)}) as said from ${sql.identifier(place.table)} place offset 0
      ) place where ${matchesPatterns(sql`said`, search)}`)
    .then((rows) => rows.map(({ key }) => key));
}

function sweptRow(row: Omit<FoundRow, "changed">, place: PersonalTable, { clean }: PersonSearch): FoundRow[] {
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
