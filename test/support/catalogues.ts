import { randomBytes } from "node:crypto";
import type { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { onPglite } from "../../src/catalogue/connection/connect-embedded.ts";
import { connectPostgresql } from "../../src/catalogue/connection/connect-postgresql.ts";
import type { Connection } from "../../src/catalogue/connection/connection.ts";
import { type Catalogue, catalogueOn } from "../../src/catalogue/open-catalogue.ts";
import type { MigrateMode } from "../../src/catalogue/schema/migrate.ts";
import type { Store } from "../../src/catalogue/store.ts";
import { emptyPglite } from "./embedded-template.ts";

/** A catalogue in a schema of its own. */
export interface TestCatalogue extends Catalogue {
  readonly schema: string;
  /** For statements that look behind the repositories. */
  readonly store: Store;
  /** The same catalogue as another process sees it: a connection of its own on PostgreSQL; PGlite has one. Closed by `drop`. */
  again(mode?: MigrateMode): Promise<Catalogue>;
  /** Drops the schema and closes. */
  drop(): Promise<void>;
}

/** A database that the tests of the catalogue run on. `skipped`: it is not there, and `title` says so. */
export interface TestedDatabase {
  readonly title: string;
  readonly skipped: boolean;
  readonly kind: Catalogue["kind"];
  connect(schema: string): Promise<Connection>;
}

const databaseUrl = process.env.DATABASE_URL;

// One for each test file: it takes a second to start.
let pglite: Promise<PGlite> | undefined;

/** Where both are there and the embedded one was tested before, one is enough. */
const onlyPostgresql = databaseUrl !== undefined && process.env.MOISSON_TEST_ONLY === "postgresql";

/** PGlite in memory. */
export const embedded: TestedDatabase = {
  title: onlyPostgresql ? "embedded (SKIPPED: MOISSON_TEST_ONLY is postgresql)" : "embedded",
  skipped: onlyPostgresql,
  kind: "embedded",
  connect: async (schema) => {
    pglite ??= emptyPglite();
    return onPglite(await pglite, schema);
  },
};

/** The server of `DATABASE_URL`. */
export const postgresql: TestedDatabase = {
  title: databaseUrl === undefined ? "PostgreSQL (SKIPPED: DATABASE_URL is not set)" : "PostgreSQL",
  skipped: databaseUrl === undefined,
  kind: "postgresql",
  connect: async (schema) => connectPostgresql({ url: databaseUrl ?? "", schema }),
};

/** Every database that the tests run on. */
export const testedDatabases: readonly TestedDatabase[] = [embedded, postgresql];

/** A schema name that no one else uses. */
export function newSchema(): string {
  return `moisson_test_${randomBytes(6).toString("hex")}`;
}

/** An empty catalogue. */
export async function newCatalogue(database: TestedDatabase): Promise<TestCatalogue> {
  const schema = newSchema();
  const connection = await database.connect(schema);
  const catalogue = await catalogueOn(connection, schema, "if-empty");
  const others: Catalogue[] = [];
  return {
    ...catalogue,
    schema,
    store: connection.store,
    again: async (mode = "if-empty") => {
      const other = await catalogueOn(await database.connect(schema), schema, mode);
      others.push(other);
      return other;
    },
    drop: async () => {
      for (const other of others) await other.close();
      await connection.store.rows(sql`drop schema ${sql.identifier(schema)} cascade`);
      await connection.close();
    },
  };
}
