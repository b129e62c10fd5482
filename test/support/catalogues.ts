import { readFile } from "node:fs/promises";
import type { PGlite } from "@electric-sql/pglite";
import { onTestFinished } from "vitest";
import { onPglite } from "../../src/catalogue/connection/connect-embedded.ts";
import { connectPostgresql } from "../../src/catalogue/connection/connect-postgresql.ts";
import type { Connection } from "../../src/catalogue/connection/connection.ts";
import { type Catalogue, catalogueOn } from "../../src/catalogue/open-catalogue.ts";
import type { MigrateMode } from "../../src/catalogue/schema/migrate.ts";
import type { Store } from "../../src/catalogue/store.ts";
import { emptyPglite } from "./embedded-template.ts";
import { createDatabase } from "./test-databases.ts";

/** A catalogue in its own schema or database. */
export interface TestCatalogue extends Catalogue {
  readonly schema: string;
  /** The address of its database; null on PGlite. */
  readonly databaseUrl: string | null;
  /** Runs statements outside the repositories. */
  readonly store: Store;
  /** Opens one more connection, like another process. PGlite has only one session, so it returns the same one. */
  connect(): Promise<Connection>;
  /** Opens the same catalogue on its own connection. Closed by `drop`. */
  again(mode?: MigrateMode): Promise<Catalogue>;
  /** Closes the catalogue and deletes it. */
  drop(): Promise<void>;
}

/** A kind of database for the catalogue. `skipped`: this machine has none, and `title` says so. */
export interface TestedDatabase {
  readonly title: string;
  readonly skipped: boolean;
  readonly kind: Catalogue["kind"];
  /** Connects to a schema that may not exist yet. */
  connect(schema: string): Promise<Connection>;
  /** Creates a schema or database for a catalogue. */
  create(): Promise<Place>;
}

interface Place {
  readonly schema: string;
  readonly databaseUrl: string | null;
  /** Returns the catalogue's own connection, which `drop` closes or keeps. */
  main(): Promise<Connection>;
  connect(): Promise<Connection>;
  /** Deletes the database, or leaves it to the next test. All other connections to it must be closed before. */
  drop(): Promise<void>;
}

const databaseUrl = process.env.DATABASE_URL;

let pglite: Promise<PGlite> | undefined;

/** Returns the PGlite that all test files of a worker share, because it takes a second to start. */
function sharedPglite(): Promise<PGlite> {
  pglite ??= emptyPglite();
  return pglite;
}

/** PGlite in memory. Only its last created catalogue can be used, because it has one session. */
export const embedded: TestedDatabase = {
  title: "embedded",
  skipped: false,
  kind: "embedded",
  connect: async (schema) => onPglite(await sharedPglite(), schema),
  async create() {
    const schema = "moisson";
    const connect = () => embedded.connect(schema);
    await restoreEmbedded(await sharedPglite(), await connect());
    return { schema, databaseUrl: null, main: connect, connect, drop: async () => undefined };
  },
};

/** Empties the catalogue of the last test, which is many times faster than migrating a new one. */
async function restoreEmbedded(client: PGlite, connection: Connection): Promise<void> {
  const restored = await client.query<{ done: boolean }>("select pristine.restore() as done").catch(() => null);
  if (restored?.rows[0]?.done === true) return;
  await client.exec(`
    drop schema if exists pristine, moisson cascade;
    drop table if exists public.pristine_sequences, public.pristine_structure`);
  await catalogueOn(connection, "moisson", "if-empty");
  await client.exec(await readFile(new URL("pristine.sql", import.meta.url), "utf8"));
}

/** The server of `DATABASE_URL`. */
export const postgresql: TestedDatabase = {
  title: databaseUrl === undefined ? "PostgreSQL (SKIPPED: DATABASE_URL is not set)" : "PostgreSQL",
  skipped: databaseUrl === undefined,
  kind: "postgresql",
  connect: (schema) => connectPostgresql({ url: databaseUrl ?? "", schema }),
  async create() {
    const { url, connection, drop } = await createDatabase();
    const schema = "moisson";
    return { schema, databaseUrl: url, main: connection, connect: () => connectPostgresql({ url, schema }), drop };
  },
};

/** The database of this test run: PostgreSQL, or PGlite without a server or if `MOISSON_TEST_DATABASE` is `embedded`. */
export const testDatabase = postgresql.skipped || process.env.MOISSON_TEST_DATABASE === "embedded" ? embedded : postgresql;

/** `testDatabase` as a list, for tests whose title names the database. */
export const testedDatabases: readonly TestedDatabase[] = [testDatabase];

/** For the few files that test the SQL of the catalogue on PGlite in every run. The long tests run every file on it. */
export const bothDatabases: readonly TestedDatabase[] = [embedded, postgresql];

/** Creates an empty catalogue. */
export async function newCatalogue(database: TestedDatabase): Promise<TestCatalogue> {
  const place = await database.create();
  const connection = await place.main();
  const catalogue = await catalogueOn(connection, place.schema, "if-empty");
  const others: Catalogue[] = [];
  let isDropped = false;
  return {
    ...catalogue,
    schema: place.schema,
    databaseUrl: place.databaseUrl,
    store: connection.store,
    connect: place.connect,
    again: async (mode = "if-empty") => {
      const other = await catalogueOn(await place.connect(), place.schema, mode);
      others.push(other);
      return other;
    },
    drop: async () => {
      // A second drop would give one database to two tests.
      if (isDropped) return;
      isDropped = true;
      for (const other of others) await other.close();
      await place.drop();
    },
  };
}

/** Creates an empty catalogue for one test. It is dropped when the test ends. */
export async function ownCatalogue(): Promise<TestCatalogue> {
  const catalogue = await newCatalogue(testDatabase);
  onTestFinished(() => catalogue.drop());
  return catalogue;
}
