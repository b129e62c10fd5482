import { sql } from "drizzle-orm";
import { connectEmbedded } from "../../src/catalogue/connection/connect-embedded.ts";
import { connectPostgresql } from "../../src/catalogue/connection/connect-postgresql.ts";
import type { Connection } from "../../src/catalogue/connection/connection.ts";
import { openBenchDatabase } from "./bench-database.ts";
import type { consoleSizes } from "./console-sizes.ts";

const schema = "moisson";

/** Location of the catalogue for the console's bench. */
export interface ConsolePlace {
  readonly connection: Connection;
  readonly schema: string;
  /** The version that the database reports. */
  readonly version: string;
  /** Drops the database unless it is kept. The connection must be closed before. */
  close(): Promise<void>;
}

/**
 * Creates an embedded catalogue in a temporary folder, or a database on the server of `DATABASE_URL`, which can be kept for the next time.
 */
export async function consolePlace(kind: keyof typeof consoleSizes, folder: string): Promise<ConsolePlace> {
  if (kind === "embedded") {
    const connection = await connectEmbedded(folder, schema);
    const { version } = await connection.store.row<{ version: string }>(sql`select split_part(version(), ' on ', 1) as version`);
    return { connection, schema, version: `embedded ${version}`, close: async () => undefined };
  }
  const database = await openBenchDatabase({
    name: kind === "large" ? "moisson_bench_large" : "moisson_bench_console",
    isKept: process.env.MOISSON_BENCH_KEEP === "1",
  });
  const { version, url } = database;
  return { connection: await connectPostgresql({ url, schema }), schema, version, close: () => database.close() };
}
