import { setTimeout as delay } from "node:timers/promises";
import type { WorkerRepository } from "../../catalogue/machines/worker-repository.ts";
import { openCatalogue } from "../../catalogue/open-catalogue.ts";
import type { RolePasswords } from "../../catalogue/schema/database-roles.ts";
import { passwordVariable, serverProcesses } from "../../platform/process-variables.ts";
import type { CommandContext } from "../context.ts";
import { NotDone, WrongUse } from "../exit.ts";
import type { Terminal } from "../terminal.ts";

/** Flags of `db migrate`. `roles`: also creates or updates the database roles. `wait`: seconds to wait for workers to end; true: the default. */
interface MigrateFlags {
  readonly roles?: true;
  readonly wait?: number | true;
}

/** Longer than most runs. */
const usualWaitSeconds = 600;
const lookEveryMs = 500;

/** Migrates the catalogue's tables to this version. Asks running workers of another version to finish first. */
export async function migrateDatabase({ config, terminal }: CommandContext, { roles, wait }: MigrateFlags): Promise<void> {
  if (roles === true && config.databaseUrl === null) throw new WrongUse("--roles is for PostgreSQL: set DATABASE_URL");
  const catalogue = await openCatalogue({
    home: config.home,
    migrate: "always",
    beforeMigration: (newest, workers) => askWorkersToLeave(workers, newest, wait === true ? usualWaitSeconds : (wait ?? 0), terminal),
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

/** Asks running workers that do not know a migration to finish and end. Waits for them, if asked to. Throws `NotDone` if they do not end. */
export async function askWorkersToLeave(
  workers: Pick<WorkerRepository, "askToLeave">,
  migration: string,
  seconds: number,
  terminal: Pick<Terminal, "err">,
): Promise<void> {
  const until = performance.now() + seconds * 1000;
  const said = new Set<string>();
  for (;;) {
    // Asks those too that have started meanwhile.
    const left = await workers.askToLeave(migration);
    for (const { name, version } of left) {
      if (!said.has(name)) terminal.err(`asked to finish its runs and end: ${name} (version ${version})`);
      said.add(name);
    }
    if (left.length === 0 || seconds === 0) return;
    if (performance.now() > until)
      throw new NotDone(
        `not migrated: still running after ${seconds} s: ${left.map(({ name }) => name).join(", ")}; wait longer, or stop them`,
      );
    await delay(lookEveryMs);
  }
}

/** Reads the passwords to set: `MOISSON_API_DB_PASSWORD` and so on. */
function passwordsIn(environment: Readonly<Record<string, string | undefined>>): RolePasswords {
  const found = serverProcesses.map((process) => [process, environment[passwordVariable(process)]] as const);
  return Object.fromEntries(found.filter(([, password]) => password !== undefined));
}
