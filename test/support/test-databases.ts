import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import pg from "pg";
import { onTestFinished } from "vitest";
import { connectPostgresql } from "../../src/catalogue/connection/connect-postgresql.ts";
import type { Connection } from "../../src/catalogue/connection/connection.ts";
import { openCatalogue } from "../../src/catalogue/open-catalogue.ts";
import { postgresqlAddress } from "../../src/platform/postgresql-client.ts";

/** A test database on the server of `DATABASE_URL`. */
export interface TestDatabase {
  readonly url: string;
  /** The catalogue's main connection. The next test reuses it, because a new session reads all system tables again. */
  readonly connection: () => Promise<Connection>;
  drop(): Promise<void>;
}

/** Returns a unique name for a database or schema. */
export function newName(): string {
  return `moisson_test_${randomBytes(6).toString("hex")}`;
}

/** Returns a database with an empty catalogue in the schema `moisson`: a database dropped by an earlier test, or a copy of the template. */
export async function createDatabase(): Promise<TestDatabase> {
  return unused.pop() ?? reusable(await copyOf(process.env.MOISSON_TEST_TEMPLATE ?? "template1"));
}

/** Creates the database that `createDatabase` copies, and names it in `MOISSON_TEST_TEMPLATE`. Its `drop` also drops the copies. */
export async function createTemplate(): Promise<Pick<TestDatabase, "drop">> {
  const template = await copyOf("template1");
  const catalogue = await openCatalogue({ databaseUrl: template.url, home: "" });
  await catalogue.close();
  const pool = poolOf(template.url);
  await pool.query(await readFile(new URL("pristine.sql", import.meta.url), "utf8"));
  await pool.end();
  process.env.MOISSON_TEST_TEMPLATE = nameIn(template.url);
  return { drop: () => dropAll(nameIn(template.url)) };
}

/** Returns the address of a database for commands that run as processes. It is dropped when the test ends. */
export async function ownDatabase(): Promise<string> {
  const { url, drop } = await createDatabase();
  onTestFinished(drop);
  return url;
}

const mainConnection = "moisson test";

/** Emptied databases of earlier tests. */
const unused: TestDatabase[] = [];

/** Wraps a database so that `drop` empties it and keeps it for the next test, if possible. */
function reusable({ url, drop }: Copy): TestDatabase {
  let pool: pg.Pool | undefined;
  let connection: Promise<Connection> | undefined;
  const isRestored = async () => {
    pool ??= poolOf(url);
    await pool.query(
      `select pg_terminate_backend(pid, 5000) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and application_name <> '${mainConnection}'`,
    );
    const { rows } = await pool.query("select pristine.restore() as done");
    return rows[0]?.done === true;
  };
  const database: TestDatabase = {
    url,
    connection: () => {
      connection ??= connectPostgresql({ url, schema: "moisson", applicationName: mainConnection });
      return connection;
    },
    drop: async () => {
      if (await isRestored().catch(() => false)) return void unused.push(database);
      await pool?.end();
      await connection?.then(({ close }) => close());
      await drop();
    },
  };
  return database;
}

export type Copy = Pick<TestDatabase, "url" | "drop">;

/** Copies a database that nobody is connected to. */
export async function copyOf(template: string): Promise<Copy> {
  const name = template === "template1" ? newName() : `${template}_${randomBytes(4).toString("hex")}`;
  await onServer(`create database ${name} template ${template}`);
  return {
    url: Object.assign(new URL(serverUrl()), { pathname: `/${name}` }).href,
    drop: async () => void (await onServer(`drop database if exists ${name} with (force)`)),
  };
}

async function dropAll(template: string): Promise<void> {
  const { rows } = await onServer(`select datname as name from pg_database where starts_with(datname, '${template}')`);
  for (const { name } of rows) await onServer(`drop database ${name} with (force)`);
}

let server: pg.Pool | undefined;

/** Runs a statement outside the test databases. */
async function onServer(statement: string): Promise<pg.QueryResult> {
  server ??= poolOf(serverUrl());
  return server.query(statement);
}

/** Connects to a database. Idle connections neither keep the process from ending nor end it when the server stops. */
function poolOf(url: string): pg.Pool {
  return new pg.Pool({ connectionString: url, max: 1, idleTimeoutMillis: 0, allowExitOnIdle: true }).on("error", () => undefined);
}

function serverUrl(): string {
  return postgresqlAddress(process.env.DATABASE_URL ?? "");
}

function nameIn(url: string): string {
  return new URL(url).pathname.slice(1);
}
