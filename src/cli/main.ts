#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { CatalogueRefused } from "../catalogue/catalogue-refused.ts";
import { runErrorMessage } from "../english/messages.ts";
import { QueueRefused } from "../jobs/queue/queue-refused.ts";
import { RunError } from "../model/run/run-error.ts";
import { WrongSettings } from "../platform/config.ts";
import { findInstallation } from "../platform/installation.ts";
import { addCommands } from "./commands.ts";
import { exitCodes, NotDone, WrongUse } from "./exit.ts";
import { createTerminal, ReaderGone } from "./terminal.ts";
import { openWorkshop } from "./workshop.ts";

const terminal = createTerminal(process.argv);
const workshop = (home?: string) => openWorkshop(process.env, terminal, home);

const program = new Command("moisson")
  .description("Brings the public aids of France into one catalogue: every run is a plan that can be read, applied, held and undone.")
  .version(findInstallation().version)
  .option("--no-color", "no colours")
  .showSuggestionAfterError()
  .configureOutput({
    writeOut: (text) => terminal.out(text.trimEnd()),
    writeErr: (text) => terminal.err(text.trimEnd()),
    // One line, as we say everything that is wrong use: "unknown option '--fil' (Did you mean --file?)".
    outputError: (text) =>
      terminal.err(
        `moisson: ${text
          .replace(/^error: /, "")
          .trimEnd()
          .replaceAll("\n", " ")}`,
      ),
  })
  .exitOverride()
  .addHelpText(
    "after",
    `
Examples:
  moisson demo                                        see it work
  moisson run departement-drome --file drome.json     run a file of your own
  moisson runs                                        what happened

Environment: MOISSON_HOME, DATABASE_URL, REDIS_URL, MOISSON_CONNECTORS, MOISSON_ALLOW_HOSTS, MOISSON_NOW, MOISSON_URL_<CONNECTOR>; see README.md.`,
  );
addCommands(program, workshop);
for (const command of program.commands) inherit(command);

/** Subcommands end and write as the program does. */
function inherit(command: Command): void {
  command.copyInheritedSettings(program);
  for (const child of command.commands) inherit(child);
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}

/** Says in one line what went wrong; gives the exit code. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.wrongUse;
  if (error instanceof ReaderGone) return exitCodes.fine;
  if (error instanceof WrongUse) return say(error.message, exitCodes.wrongUse);
  if (error instanceof WrongSettings) return say(error.message, exitCodes.wrongUse);
  if (error instanceof NotDone || error instanceof CatalogueRefused || error instanceof QueueRefused)
    return say(error.message, exitCodes.notWell);
  if (error instanceof RunError) return say(runErrorMessage(error.code, error.params), exitCodes.notWell);
  throw error;
}

function say(message: string, code: number): number {
  for (const line of message.split("\n")) terminal.err(`moisson: ${line}`);
  return code;
}
