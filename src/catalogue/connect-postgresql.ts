import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { CatalogueRefused } from "./catalogue-refused.ts";
import { type Connection, checkedSchema } from "./connection.ts";
import { Store } from "./store.ts";

/** Connections of one run: staging keeps two batches in flight, a snapshot is written and pairs are read at the same time. */
const connectionsPerRun = 5;

/**
 * A PostgreSQL server, once it has answered. `url`: `DATABASE_URL`, which no message ever holds. Connections are made when they are needed.
 * @throws CatalogueRefused `database-url-invalid`; RunFailed `storage-failed` where it does not answer in time
 */
export async function connectPostgresql(url: string, schema: string, runsAtOnce = 1, answerWithinMs = 15_000): Promise<Connection> {
  const client = openPool(url, checkedSchema(schema), answerWithinMs, connectionsPerRun * runsAtOnce);
  const beats = openPool(url, schema, answerWithinMs, 1);
  const store = new Store(drizzle(client));
  // The driver tries again for ever where connections are taken and closed at once, as by a proxy whose database is down.
  const deadline = setTimeout(() => client.end({ timeout: 0 }), answerWithinMs);
  try {
    await store.rows(sql`select 1`);
  } catch (error) {
    await client.end({ timeout: 0 });
    throw error;
  } finally {
    clearTimeout(deadline);
  }
  const close = async () => {
    await Promise.all([client.end({ timeout: 5 }), beats.end({ timeout: 5 })]);
  };
  return { kind: "postgresql", store, beats: new Store(drizzle(beats)), close };
}

function openPool(url: string, schema: string, answerWithinMs: number, connections: number): postgres.Sql {
  try {
    return postgres(url, {
      max: connections,
      connect_timeout: answerWithinMs / 1000,
      onnotice: () => undefined,
      // Compiling a statement costs half a second, more than any page of ours takes.
      connection: { application_name: "moisson", search_path: schema, TimeZone: "UTC", DateStyle: "ISO", jit: "off" },
    });
  } catch {
    // The driver's error holds the address, and with it the password.
    throw new CatalogueRefused(
      "database-url-invalid",
      {},
      "DATABASE_URL is not an address such as postgres://user:password@host:5432/name.",
    );
  }
}
