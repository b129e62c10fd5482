import { openCatalogue } from "../../catalogue/open-catalogue.ts";
import type { RolePasswords } from "../../catalogue/schema/database-roles.ts";
import { serverProcesses } from "../../platform/process-variables.ts";
import type { CommandContext } from "../context.ts";
import { WrongUse } from "../exit.ts";

/** Options of `moisson db migrate`. */
export interface MigrateFlags {
  roles?: true;
}

/** Migrates the catalogue's tables to this version. `roles`: also creates or updates the database roles of the processes. */
export async function migrateDatabase({ config, terminal }: CommandContext, { roles }: MigrateFlags): Promise<void> {
  if (roles === true && config.databaseUrl === null) throw new WrongUse("--roles is for PostgreSQL: set DATABASE_URL");
  const catalogue = await openCatalogue({
    home: config.home,
    migrate: "always",
    ...(config.databaseUrl !== null && { databaseUrl: config.databaseUrl }),
  });
  try {
    const { migrated } = catalogue;
    terminal.out(migrated.length === 0 ? "the catalogue is up to date" : `applied: ${migrated.join(", ")}`);
    if (roles === true) terminal.out(`roles: ${(await catalogue.roles.update(passwordsIn(config.environment))).join(", ")}`);
  } finally {
    await catalogue.close();
  }
}

/** Reads the passwords to set: `MOISSON_API_DB_PASSWORD` and so on. */
function passwordsIn(environment: Readonly<Record<string, string | undefined>>): RolePasswords {
  const found = serverProcesses.map((process) => [process, environment[`MOISSON_${process.toUpperCase()}_DB_PASSWORD`]] as const);
  return Object.fromEntries(found.filter(([, password]) => password !== undefined));
}
