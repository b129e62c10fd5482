import type { Command } from "commander";
import { checkFixtures } from "../../registry/definition-files/check-fixtures.ts";
import type { CommandContext } from "../context.ts";
import { exitCodes } from "../exit.ts";

/** `moisson connectors`: which there are; `connectors check`: whether each is sound. */
export function addConnectorsCommand(program: Command, open: () => CommandContext): void {
  const command = program
    .command("connectors")
    .description("list the connectors, or check them")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExamples:\n  moisson connectors\n  moisson connectors check")
    .action(async (flags: { json?: true }) => {
      const { terminal, connectors } = open();
      const { connectors: all, problems } = await connectors();
      if (flags.json) {
        const listed = all.map(({ definition: { id, publisher, state, because, schedule, feed, decode } }) => ({
          id,
          state,
          because: because ?? null,
          publisher,
          schedule: schedule ?? null,
          feed: { url: feed.url ?? null, urlFrom: feed.urlFrom ?? null, dataset: feed.dataset ?? null },
          format: decode.format,
        }));
        terminal.out(JSON.stringify(listed, null, 2));
      } else {
        for (const { definition } of all) {
          const { url, urlFrom, dataset } = definition.feed;
          const from = url ?? (dataset === undefined ? `address in ${urlFrom}` : `dataset ${dataset.id} of ${dataset.api}`);
          terminal.out(
            `${definition.id.padEnd(36)} ${definition.state.padEnd(8)} ${definition.decode.format.padEnd(6)} ${definition.publisher.name}\n${" ".repeat(37)}${terminal.colors.dim(from)}`,
          );
        }
        if (all.length === 0) terminal.out("no connectors");
      }
      process.exitCode = problems.length > 0 ? exitCodes.notWell : exitCodes.fine;
    });
  command
    .command("check")
    .description("check that every connector's file loads, its term files are sound and its fixtures run as expected")
    .addHelpText(
      "after",
      "\nFiles alone are checked: what was made or changed in the console is checked there.\n\nExample:\n  moisson connectors check",
    )
    .action(async () => {
      const { terminal, connectorsOfFiles } = open();
      const { connectors: all, problems } = await connectorsOfFiles();
      let wrong = problems.length;
      for (const connector of all) {
        const found = await checkFixtures(connector);
        wrong += found.length;
        for (const problem of found) terminal.err(`${connector.definition.id}: ${problem}`);
      }
      terminal.out(`${all.length} connectors checked, ${wrong === 0 ? "all sound" : `${wrong} problems`}`);
      process.exitCode = wrong === 0 ? exitCodes.fine : exitCodes.notWell;
    });
}
