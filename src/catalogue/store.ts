import { type SQL, sql } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { storageFailure } from "./connection/storage-failure.ts";

/** Drizzle on either database. */
export type Database = PgDatabase<PgQueryResultHKT>;

/** Does `work` in a transaction: all of it or nothing. */
export type Begin = <T>(work: (database: Database) => Promise<T>) => Promise<T>;

/**
 * The one way to the database for all repositories: everyday queries through drizzle's builder, batches and statements on whole sets
 * as SQL. Failures come out as `RunFailed("storage-failed")`.
 */
export class Store {
  /** `begin`: how transactions begin, where it is not drizzle's own way. */
  constructor(
    private readonly database: Database,
    private readonly begin?: Begin,
  ) {}

  /** A query of drizzle's builder. */
  async query<T>(build: (database: Database) => PromiseLike<T>): Promise<T> {
    try {
      return await build(this.database);
    } catch (error) {
      throw storageFailure(error);
    }
  }

  /** Rows of a statement written as SQL. The caller knows their shape: bigint, date and timestamp columns must be cast in the statement. */
  async rows<Row>(statement: SQL): Promise<Row[]> {
    const result: unknown = await this.query((database) => database.execute(statement));
    // postgres.js answers with the rows themselves, PGlite with an object that holds them.
    return (Array.isArray(result) ? result : (result as { rows: Row[] }).rows) as Row[];
  }

  /** The single row of a statement that always gives one. */
  async row<Row>(statement: SQL): Promise<Row> {
    const [row] = await this.rows<Row>(statement);
    if (row === undefined) throw new Error("The statement gave no row.");
    return row;
  }

  /** In a transaction: waits while another one, of whichever process, has this turn; then has it to its end. */
  async lock(key: string): Promise<void> {
    await this.rows(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 1))`);
  }

  /** All of `work` or nothing. */
  async transaction<T>(work: (store: Store) => Promise<T>): Promise<T> {
    const inStore = (transaction: Database) => work(new Store(transaction));
    return this.query((database) => (this.begin === undefined ? database.transaction(inStore) : this.begin(inStore)));
  }
}
