import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { RunFailed } from "../../model/run/run-error.ts";
import { inTime } from "../../platform/in-time.ts";
import {
  defaultLeaseSeconds,
  lostAfterSeconds,
  postgresqlAddress,
  postgresqlClient,
  sessionOptions,
} from "../../platform/postgresql-client.ts";
import { type Begin, Store } from "../store.ts";
import { type Connection, checkSchemaName } from "./connection.ts";
import { copyOnServer } from "./copy.ts";
import { CatalogueRefused } from "./storage-failure.ts";

/** Number of connections a run needs: it stages two batches at once while it writes a snapshot and reads the aids that changed. */
const connectionsPerRun = 5;

const leaveWithinMs = 5000;

/** Address and settings of a server. */
export interface PostgresqlOptions {
  /** `DATABASE_URL`. No message contains it. */
  readonly url: string;
  readonly schema: string;
  /** Number of concurrent runs, each with its own connections. Default 1. */
  readonly runsAtOnce?: number;
  /** Name of our connections on the server. Default `moisson`. */
  readonly applicationName?: string;
  /** `MOISSON_LOCK_SECONDS`, after which a silent process counts as lost. Default 30. */
  readonly leaseSeconds?: number;
  /** Default 15,000. */
  readonly answerWithinMs?: number;
}

/**
 * Connects to a PostgreSQL server and waits for its answer. The pool opens connections when needed and replaces broken ones.
 * @throws CatalogueRefused `database-url-invalid`; RunFailed `storage-failed` on timeout
 */
export async function connectPostgresql(options: PostgresqlOptions): Promise<Connection> {
  const { runsAtOnce = 1, answerWithinMs = 15_000 } = options;
  const pool = openPool(options, answerWithinMs, connectionsPerRun * runsAtOnce);
  const beats = openPool(options, answerWithinMs, 1, beatLimits);
  const store = new Store(drizzle(pool), copyOnServer, transactionsOf(pool));
  try {
    await inTime(store.rows(sql`select 1`), answerWithinMs, () => {
      throw new RunFailed("storage-failed", { reason: "timed-out" });
    });
  } catch (error) {
    void pool.end();
    throw error;
  }
  // Closing must not hang when the server does not answer.
  const close = async () => void (await inTime(Promise.allSettled([pool.end(), beats.end()]), leaveWithinMs, () => undefined));
  return { kind: "postgresql", store, heartbeats: new Store(drizzle(beats), copyOnServer), close };
}

/** Limits of heartbeats, which are small updates. Times in seconds. */
const beatLimits = { lock: 10, statement: 10 };
/** The longest statements plan and write hundreds of thousands of aids. A plan waits for the plan before it of the same connector. */
const usualLimits = { lock: 300, statement: 900 };

function openPool(
  { url, schema, applicationName = "moisson", leaseSeconds = defaultLeaseSeconds }: PostgresqlOptions,
  answerWithinMs: number,
  connections: number,
  limits = usualLimits,
): pg.Pool {
  // No JIT: compiling a statement takes half a second, longer than any of our pages.
  const settings = { search_path: checkSchemaName(schema), TimeZone: "UTC", DateStyle: "ISO", jit: "off" };
  const pool = new pg.Pool({
    connectionString: checkedAddress(url),
    application_name: applicationName,
    options: sessionOptions({ ...limits, idleInTransaction: lostAfterSeconds(leaseSeconds) }, settings),
    max: connections,
    keepAlive: true,
    Client: postgresqlClient(answerWithinMs),
  });
  pool.on("error", () => undefined); // the pool has already dropped that connection
  return pool;
}

function checkedAddress(url: string): string {
  try {
    return postgresqlAddress(url);
  } catch {
    // The original error would contain the address and its password.
    throw new CatalogueRefused(
      "database-url-invalid",
      {},
      "DATABASE_URL is not an address such as postgres://user:password@host:5432/name.",
    );
  }
}

/** Drizzle's own transactions never release a connection that breaks before the transaction begins. */
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
