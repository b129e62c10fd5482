import type { Command } from "commander";
import { openCatalogue } from "../../catalogue/open-catalogue.ts";
import type { CommandContext } from "../context.ts";

/** `moisson db migrate`: brings an older catalogue up to date. */
export function addDbCommand(program: Command, open: () => CommandContext): void {
  const command = program.command("db").description("the catalogue's database");
  command
    .command("migrate")
    .description("bring the catalogue's tables up to date; an empty database needs no such call")
    .addHelpText("after", "\nExample:\n  DATABASE_URL=postgres://localhost/moisson moisson db migrate")
    .action(async () => {
      const { config, terminal } = open();
      const catalogue = await openCatalogue({
        home: config.home,
        migrate: "always",
        ...(config.databaseUrl !== null && { databaseUrl: config.databaseUrl }),
      });
      await catalogue.close();
      const { migrated } = catalogue;
      terminal.out(migrated.length === 0 ? "the catalogue is up to date" : `applied: ${migrated.join(", ")}`);
    });
}
