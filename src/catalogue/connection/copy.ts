import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { PGliteInterface, Transaction } from "@electric-sql/pglite";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import type pg from "pg";
import { from, to } from "pg-copy-streams";

/** Drizzle on either database. */
export type Database = PgDatabase<PgQueryResultHKT>;

/** COPY between us and one kind of database. `database` must be a transaction, because COPY needs a connection of its own. */
export interface Copy {
  /** Sends `bytes` to a `copy … from` statement. */
  in(database: Database, statement: string, bytes: readonly Uint8Array[]): Promise<void>;
  /** Returns the output of a `copy … to` statement. */
  out(database: Database, statement: string): AsyncIterable<Uint8Array>;
}

/** COPY through a server's protocol. */
export const copyOnServer: Copy = {
  async in(database, statement, bytes) {
    const client = clientOf<pg.ClientBase>(database);
    await pipeline(Readable.from(bytes, { objectMode: false }), client.query(from(`${statement} from stdin (format binary)`)));
  },
  out: (database, statement) => clientOf<pg.ClientBase>(database).query(to(`${statement} to stdout (format binary)`)),
};

/** COPY through the file `/dev/blob` of the embedded database. */
export const copyEmbedded: Copy = {
  async in(database, statement, bytes) {
    const blob = new Blob(bytes as readonly Uint8Array<ArrayBuffer>[] as Uint8Array<ArrayBuffer>[]);
    await clientOf<PGliteInterface | Transaction>(database).query(`${statement} from '/dev/blob' (format binary)`, [], { blob });
  },
  async *out(database, statement) {
    const { blob } = await clientOf<PGliteInterface | Transaction>(database).query(`${statement} to '/dev/blob' (format binary)`);
    if (blob !== undefined) yield new Uint8Array(await blob.arrayBuffer());
  },
};

/** Returns the driver's connection behind a transaction. Drizzle has no COPY and hides it. */
function clientOf<Client>(database: Database): Client {
  return (database._.session as unknown as { readonly client: Client }).client;
}
