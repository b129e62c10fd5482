import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { Store } from "../store.ts";
import { type Connection, checkSchemaName } from "./connection.ts";
import { copyEmbedded } from "./copy.ts";
import { FreeSpace } from "./free-space.ts";
import { lockHome } from "./lock-home.ts";
import { refuseMovedHome } from "./moved-home.ts";
import { SharedDatabase } from "./shared-database.ts";

/**
 * Opens the embedded database in `<home>/catalogue`, or creates it. The home is locked until `close`.
 * @throws CatalogueRefused `catalogue-in-use`, `catalogue-moved`, `disk-full`
 */
export async function connectEmbedded(home: string, schema: string): Promise<Connection> {
  const unlock = await lockHome(home);
  try {
    await refuseMovedHome(home);
    const disk = new FreeSpace(home);
    await disk.checkBeforeOpening();
    const client = await PGlite.create(join(home, "catalogue"));
    const close = async () => {
      await client.close();
      await unlock();
    };
    return { ...(await onPglite(client, schema, disk)), close };
  } catch (error) {
    await unlock();
    throw error;
  }
}

/**
 * Connects to a schema of an open PGlite. `close` does not close the PGlite. It has one session, so it can use only one schema at a time.
 * `disk`: transactions fail before it is full.
 */
export async function onPglite(client: PGlite, schema: string, disk?: FreeSpace): Promise<Connection> {
  await client.exec(`set search_path to ${checkSchemaName(schema)}; set timezone to 'UTC'; set datestyle to 'ISO'`);
  const database = drizzle(client);
  const store = new Store(database, copyEmbedded, async (work) => {
    await disk?.checkBeforeWriting();
    return database.transaction(work);
  });
  return { kind: "embedded", store, share: () => new SharedDatabase(client, disk), close: async () => undefined };
}
