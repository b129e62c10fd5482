import pg from "pg";
import { onTestFinished } from "vitest";
import { roleOf } from "../../src/catalogue/schema/database-roles.ts";
import { postgresqlAddress } from "../../src/platform/postgresql-client.ts";
import { type ServerProcess, serverProcesses } from "../../src/platform/process-variables.ts";
import { newCatalogue, postgresql, type TestCatalogue } from "./catalogues.ts";

const password = "a-password-of-a-test";

/** A catalogue on PostgreSQL whose processes have roles. */
export interface CatalogueWithRoles {
  readonly owner: TestCatalogue;
  /** Returns `DATABASE_URL` of a process. */
  urlOf(process: ServerProcess): string;
}

/**
 * Creates a catalogue with all roles. The databases of a server share its roles, so only one test at a time uses them. Dropped after the
 * test.
 */
export async function catalogueWithRoles(): Promise<CatalogueWithRoles> {
  const turn = new pg.Client({ connectionString: postgresqlAddress(process.env.DATABASE_URL ?? "") });
  await turn.connect();
  onTestFinished(() => turn.end());
  await turn.query("select pg_advisory_lock(hashtextextended('roles of tests', 1))");
  const owner = await newCatalogue(postgresql);
  onTestFinished(async () => {
    for (const process of serverProcesses) await turnOut(owner.databaseUrl ?? "", roleOf(process));
    // Fails while another database uses the role.
    for (const process of serverProcesses) await turn.query(`drop role ${roleOf(process)}`).catch(() => undefined);
    await owner.drop();
  });
  await owner.roles.update(Object.fromEntries(serverProcesses.map((process) => [process, password])));
  return {
    owner,
    urlOf: (process) => Object.assign(new URL(owner.databaseUrl ?? ""), { username: roleOf(process), password }).href,
  };
}

/** Closes a role's connections to a database, and drops its objects there. */
async function turnOut(databaseUrl: string, role: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = $1 and datname = current_database()", [
    role,
  ]);
  await client.query(`drop owned by ${role}`);
  await client.end();
}
