import { type SQL, sql } from "drizzle-orm";
import type { Copy, Database } from "./connection/copy.ts";
import { storageFailure } from "./connection/storage-failure.ts";

/** Runs `work` in a transaction. */
export type Begin = <T>(work: (database: Database) => Promise<T>) => Promise<T>;

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

  /** Returns the single row of a statement that always has one. */
  async row<Row>(statement: SQL): Promise<Row> {
    const [row] = await this.rows<Row>(statement);
    if (row === undefined) throw new Error("The statement gave no row.");
    return row;
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

  /** Runs `work` in a transaction: all of it or nothing. */
  async transaction<T>(work: (store: Store) => Promise<T>): Promise<T> {
    const inStore = (transaction: Database) => work(new Store(transaction, this.copy));
    return this.query((database) => (this.begin === undefined ? database.transaction(inStore) : this.begin(inStore)));
  }
}

/** Returns SQL for a column of instants as ISO text, `2026-11-25T02:14:00.000Z`. */
export function isoInstant(column: SQL): SQL {
  return sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** Returns true for a UUID. Other texts would make a cast to `uuid` fail. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
