import { Column, getTableColumns, SQL, sql, type Table } from "drizzle-orm";
import type { SelectResultFields } from "drizzle-orm/query-builders/select.types";
import type { Copy, Database } from "./connection/copy.ts";
import { storageFailure } from "./connection/storage-failure.ts";

/** Runs `work` in a transaction. */
export type Begin = <T>(work: (database: Database) => Promise<T>) => Promise<T>;

/** Columns of tables, or SQL, by the name of their value in a row. */
export type Selected = Readonly<Record<string, Column | SQL<unknown>>>;

/** The row of a query that selects these columns. */
export type RowOf<Columns extends Selected> = Readonly<SelectResultFields<Columns>>;

/** Names of the columns that are dates, or null. */
type InstantOf<Row> = { [Name in keyof Row]: Row[Name] extends Date | null ? Name : never }[keyof Row] & string;

/**
 * Access to the database for all repositories: simple queries with drizzle's builder, batches and set operations as SQL. Errors become
 * `RunFailed("storage-failed")`.
 */
export class Store {
  /** `begin`: runs work in a transaction, instead of drizzle's `transaction`. */
  constructor(
    private readonly database: Database,
    private readonly copy: Copy,
    private readonly begin?: Begin,
  ) {}

  /** Runs a query of drizzle's builder. */
  async query<T>(build: (database: Database) => PromiseLike<T>): Promise<T> {
    try {
      return await build(this.database);
    } catch (error) {
      throw storageFailure(error);
    }
  }

  /** Returns the rows of an SQL statement, which must cast bigint, date and timestamp columns. */
  async rows<Row>(statement: SQL): Promise<Row[]> {
    const result: unknown = await this.query((database) => database.execute(statement));
    // Depending on the driver, the result is an array or an object with the rows.
    return (Array.isArray(result) ? result : (result as { rows: Row[] }).rows) as Row[];
  }

  /** Like `rows`, for a statement that casts these columns of instants to text. They become dates. */
  async datedRows<Row>(columns: readonly InstantOf<Row>[], statement: SQL): Promise<Row[]> {
    const rows = await this.rows<Record<string, unknown>>(statement);
    for (const row of rows) for (const column of columns) row[column] = row[column] === null ? null : new Date(String(row[column]));
    return rows as Row[];
  }

  /** Returns the rows of a query with these columns. `rest`: the query from `from` on. SQL among the columns must cast as in `rows`. */
  async select<Columns extends Selected>(columns: Columns, rest: SQL): Promise<RowOf<Columns>[]> {
    const list = Object.entries(columns).map(([name, column]) => sql`${column} as ${sql.identifier(name)}`);
    const rows = await this.rows<Record<string, unknown>>(sql`select ${sql.join(list, sql`, `)} ${rest}`);
    for (const [name, column] of Object.entries(columns)) {
      if (!(column instanceof Column) || (column.dataType !== "date" && column.dataType !== "number")) continue;
      for (const row of rows) row[name] = row[name] === null ? null : column.mapFromDriverValue(row[name]);
    }
    return rows as RowOf<Columns>[];
  }

  /** Returns the first row of `select`, or null. */
  async selectOne<Columns extends Selected>(columns: Columns, rest: SQL): Promise<RowOf<Columns> | null> {
    return (await this.select(columns, rest))[0] ?? null;
  }

  /** Returns the single row of a statement that always has one. */
  async row<Row>(statement: SQL): Promise<Row> {
    const row = await this.find<Row>(statement);
    if (row === null) throw new Error("The statement gave no row.");
    return row;
  }

  /** Returns the first row, or null. */
  async find<Row>(statement: SQL): Promise<Row | null> {
    const [row] = await this.rows<Row>(statement);
    return row ?? null;
  }

  /** Returns true if the statement returns a row. */
  async any(statement: SQL): Promise<boolean> {
    return (await this.rows(statement)).length > 0;
  }

  /** Returns the only value of a statement that always has one. */
  async value<Value>(statement: SQL): Promise<Value> {
    return onlyValue(await this.row<Record<string, Value>>(statement));
  }

  /** Returns the value of the first row, which has one column, or null. */
  async findValue<Value>(statement: SQL): Promise<Value | null> {
    const row = await this.find<Record<string, Value>>(statement);
    return row === null ? null : onlyValue(row);
  }

  /** Returns the values of a statement with one column. */
  async values<Value>(statement: SQL): Promise<Value[]> {
    return (await this.rows<Record<string, Value>>(statement)).map(onlyValue);
  }

  /** Returns the different values of a statement with one column. */
  async set<Value>(statement: SQL): Promise<Set<Value>> {
    return new Set(await this.values<Value>(statement));
  }

  /** Returns the rows of a statement with two columns: key and value. */
  async map<Key extends string | null, Value>(statement: SQL): Promise<Map<Key, Value>> {
    const rows = await this.rows<Record<string, unknown>>(statement);
    return new Map(rows.map((row) => Object.values(row) as [Key, Value]));
  }

  /**
   * Reads rows in pages of `size`. `select` returns the statement for the page after a row. `before` is a key that sorts before all rows.
   */
  async *pages<Row, Key extends keyof Row>(
    size: number,
    before: Pick<Row, Key>,
    select: (after: Pick<Row, Key>) => SQL,
  ): AsyncGenerator<Row[]> {
    for (let after = before; ; ) {
      const rows = await this.rows<Row>(select(after));
      if (rows.length > 0) yield rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < size) return;
      after = last;
    }
  }

  /** Waits for the lock `key`, shared by all processes, and holds it to the end of the transaction. */
  async lock(key: string): Promise<void> {
    await this.rows(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 1))`);
  }

  /** Makes the statements of this transaction fail if they wait for a lock longer than this: see `isLockTimeout`. */
  async limitLockWaits(seconds: number): Promise<void> {
    await this.rows(sql`select set_config('lock_timeout', ${`${seconds}s`}, true)`);
  }

  /** Loads rows in PostgreSQL's binary COPY format. `into`: table and columns. Only in a transaction. */
  async copyIn(into: string, rows: readonly Uint8Array[]): Promise<void> {
    await this.query((database) => this.copy.in(database, `copy ${into}`, rows));
  }

  /** Yields the output of a query in PostgreSQL's binary COPY format, in chunks. Only in a transaction. */
  async *copyOut(query: string): AsyncGenerator<Uint8Array> {
    try {
      yield* this.copy.out(this.database, `copy (${query})`);
    } catch (error) {
      throw storageFailure(error);
    }
  }

  /**
   * Asks with indexes only, if the question is about words. Without this, PostgreSQL reads the words of all aids, and does not know that
   * this is slow because many are stored outside the rows.
   */
  async byIndexIf<Answer>(isAboutWords: boolean, ask: (store: Store) => Promise<Answer>): Promise<Answer> {
    if (!isAboutWords) return ask(this);
    return this.transaction(async (transaction) => {
      await transaction.rows(sql`set local enable_seqscan = off`);
      return ask(transaction);
    });
  }

  /** Runs `work` in a transaction: all of it or nothing. */
  async transaction<T>(work: (store: Store) => Promise<T>): Promise<T> {
    const inStore = (transaction: Database) => work(new Store(transaction, this.copy));
    return this.query((database) => (this.begin === undefined ? database.transaction(inStore) : this.begin(inStore)));
  }
}

function onlyValue<Value>(row: Readonly<Record<string, Value>>): Value {
  return Object.values(row)[0] as Value;
}

/** Returns an array of identifiers, none of which has a comma. PostgreSQL knows its values when it plans, so it knows how rare they are. */
export function textArray(values: Iterable<string>): SQL {
  return sql`string_to_array(${[...values].join(",")}, ',')`;
}

/** Returns the condition that all of these conditions hold. Those that are left out restrict nothing. */
export function allOf(conditions: readonly (SQL | undefined | null | false | "")[]): SQL {
  const given = conditions.filter((condition) => condition instanceof SQL);
  return given.length === 0 ? sql`true` : sql.join(given, sql` and `);
}

/** Returns SQL for a column of instants as ISO text, `2026-11-25T02:14:00.000Z`. `Text`: with null if the column can be null. */
export function isoInstant<Text extends string | null = string>(column: SQL | Column): SQL<Text> {
  return sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** Returns some columns of a table. */
export function picked<Of extends Table, Name extends keyof Of["_"]["columns"] & string>(
  table: Of,
  ...names: readonly Name[]
): Pick<Of["_"]["columns"], Name> {
  const columns = getTableColumns(table);
  return Object.fromEntries(names.map((name) => [name, columns[name]])) as Pick<Of["_"]["columns"], Name>;
}

/** The column of an instant becomes SQL for its ISO text. */
type WithIsoInstant<Field> = Field extends Column
  ? Field["_"]["data"] extends Date
    ? SQL<Field["_"]["notNull"] extends true ? string : string | null>
    : Field
  : Field;

/** Returns columns with their instants as ISO text: see `isoInstant`. */
export function isoInstants<Columns extends Selected>(
  columns: Columns,
): { readonly [Name in keyof Columns]: WithIsoInstant<Columns[Name]> } {
  const fields = Object.entries(columns).map(([name, column]) => [
    name,
    column instanceof Column && column.dataType === "date" ? isoInstant(column) : column,
  ]);
  return Object.fromEntries(fields);
}

/** Returns true for a UUID. Other texts would make a cast to `uuid` fail. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
