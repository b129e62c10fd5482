import { Command, CommanderError } from "commander";
import { CatalogueRefused } from "../catalogue/catalogue-refused.ts";
import { runErrorMessage } from "../english/messages.ts";
import { QueueRefused } from "../jobs/queue/queue-refused.ts";
import { RunError } from "../model/run/run-error.ts";
import { WrongSettings } from "../platform/config.ts";
import { findInstallation } from "../platform/installation.ts";
import { addCommands } from "./commands.ts";
import { openContext } from "./context.ts";
import { exitCodes, NotDone, WrongUse } from "./exit.ts";
import { createTerminal, ReaderGone, type Streams, type Terminal } from "./terminal.ts";

/** Runs one command line and returns its exit code. Prints expected failures to stderr in one line; throws all others. */
export async function runCommandLine(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  streams: Streams,
): Promise<number> {
  const terminal = createTerminal(args, streams);
  process.exitCode = exitCodes.fine; // commands set it
  try {
    await programOn(terminal, environment).parseAsync(args, { from: "user" });
  } catch (error) {
    return explain(error, terminal);
  }
  return Number(process.exitCode);
}

function programOn(terminal: Terminal, environment: Readonly<Record<string, string | undefined>>): Command {
  const program = new Command("moisson")
    .description("Brings the public aids of France into one catalogue: every run is a plan that can be read, applied, held and undone.")
    .version(findInstallation().version)
    .option("--no-color", "no colours")
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
      // One line, like every other wrong use: "unknown option '--fil' (Did you mean --file?)".
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

Environment: MOISSON_HOME, DATABASE_URL, REDIS_URL, MOISSON_CONNECTORS, MOISSON_ALLOW_HOSTS, MOISSON_NOW, MOISSON_URL_<CONNECTOR>; see docs/commands.md.`,
    );
  addCommands(program, (home) => openContext(environment, terminal, home));
  for (const command of program.commands) inherit(command, program);
  return program;
}

/** Subcommands end and write as the program does. */
function inherit(command: Command, program: Command): void {
  command.copyInheritedSettings(program);
  for (const child of command.commands) inherit(child, program);
}

/** Prints what went wrong in one line and returns the exit code. */
function explain(error: unknown, terminal: Terminal): number {
  const say = (message: string, code: number) => {
    for (const line of message.split("\n")) terminal.err(`moisson: ${line}`);
    return code;
  };
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.wrongUse;
  if (error instanceof ReaderGone) return exitCodes.fine;
  if (error instanceof WrongUse || error instanceof WrongSettings) return say(error.message, exitCodes.wrongUse);
  if (error instanceof NotDone || error instanceof CatalogueRefused || error instanceof QueueRefused)
    return say(error.message, exitCodes.notWell);
  if (error instanceof RunError) return say(runErrorMessage(error.code, error.params), exitCodes.notWell);
  throw error;
}
