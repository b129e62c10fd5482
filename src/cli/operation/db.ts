import { openCatalogue } from "../../catalogue/open-catalogue.ts";
import type { CommandContext } from "../context.ts";

/** Migrates the catalogue's tables to this version. */
export async function migrateDatabase({ config, terminal }: CommandContext): Promise<void> {
  const catalogue = await openCatalogue({
    home: config.home,
    migrate: "always",
    ...(config.databaseUrl !== null && { databaseUrl: config.databaseUrl }),
  });
  await catalogue.close();
  const { migrated } = catalogue;
  terminal.out(migrated.length === 0 ? "the catalogue is up to date" : `applied: ${migrated.join(", ")}`);
}
