import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { RunFailed } from "../../model/run/run-error.ts";
import { postgresqlAddress, postgresqlClient } from "../../platform/postgresql-client.ts";
import { CatalogueRefused } from "../catalogue-refused.ts";
import { type Begin, Store } from "../store.ts";
import { type Connection, checkSchemaName } from "./connection.ts";

/** Connections of one run: staging keeps two batches in flight, a snapshot is written and pairs are read at the same time. */
const connectionsPerRun = 5;

const leaveWithinMs = 5000;

/** How a server is reached. */
export interface PostgresqlOptions {
  /** `DATABASE_URL`, which no message ever holds. */
  readonly url: string;
  readonly schema: string;
  /** Runs at the same time, each with connections of its own. Default 1. */
  readonly runsAtOnce?: number;
  /** How our connections are named on the server. Default `moisson`. */
  readonly applicationName?: string;
  /** Default 15,000. */
  readonly answerWithinMs?: number;
}

/**
 * A PostgreSQL server, once it has answered. Connections are made when they are needed, and made again when they break.
 * @throws CatalogueRefused `database-url-invalid`; RunFailed `storage-failed` where it does not answer in time
 */
export async function connectPostgresql(options: PostgresqlOptions): Promise<Connection> {
  const { runsAtOnce = 1, answerWithinMs = 15_000 } = options;
  const pool = openPool(options, answerWithinMs, connectionsPerRun * runsAtOnce);
  const beats = openPool(options, answerWithinMs, 1);
  const store = new Store(drizzle(pool), transactionsOf(pool));
  try {
    await inTime(store.rows(sql`select 1`), answerWithinMs);
  } catch (error) {
    void pool.end();
    throw error;
  }
  // A server that does not answer keeps nobody from leaving.
  const close = () =>
    inTime(Promise.all([pool.end(), beats.end()]), leaveWithinMs).then(
      () => undefined,
      () => undefined,
    );
  return { kind: "postgresql", store, heartbeats: new Store(drizzle(beats)), close };
}

function openPool({ url, schema, applicationName = "moisson" }: PostgresqlOptions, answerWithinMs: number, connections: number): pg.Pool {
  // Compiling a statement costs half a second, more than any page of ours takes.
  const settings = { search_path: checkSchemaName(schema), TimeZone: "UTC", DateStyle: "ISO", jit: "off" };
  const pool = new pg.Pool({
    connectionString: checkedAddress(url),
    application_name: applicationName,
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(" "),
    max: connections,
    keepAlive: true,
    Client: postgresqlClient(answerWithinMs),
  });
  pool.on("error", () => undefined); // the pool has let go of that connection
  return pool;
}

function checkedAddress(url: string): string {
  try {
    return postgresqlAddress(url);
  } catch {
    // What is wrong with it would be said with the address, and with that the password.
    throw new CatalogueRefused(
      "database-url-invalid",
      {},
      "DATABASE_URL is not an address such as postgres://user:password@host:5432/name.",
    );
  }
}

/** drizzle's own transactions on a pool keep a connection for ever that breaks before they have begun. */
function transactionsOf(pool: pg.Pool): Begin {
  return async (work) => {
    const client = await pool.connect();
    try {
      return await drizzle(client).transaction(work);
    } finally {
      client.release();
    }
  };
}

async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new RunFailed("storage-failed", { reason: "timed-out" })), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
