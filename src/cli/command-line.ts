import { Command, CommanderError } from "commander";
import { findInstallation, versionText } from "../registry/installation.ts";
import { addCommands } from "./commands.ts";
import { exitCodes } from "./exit.ts";
import { createTerminal, type Streams, type Terminal } from "./terminal.ts";

/** Runs one command line and returns its exit code. Prints expected failures to stderr in one line; throws all others. */
export async function runCommandLine(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  streams: Streams,
): Promise<number> {
  const terminal = createTerminal(args, streams);
  process.exitCode = exitCodes.success; // a command may set another code
  try {
    await programOn(terminal, environment).parseAsync(args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.success : exitCodes.wrongUse;
    return (await import("./expected-failure.ts")).reportFailure(error, terminal);
  }
  return Number(process.exitCode);
}

function programOn(terminal: Terminal, environment: Readonly<Record<string, string | undefined>>): Command {
  const program = new Command("moisson")
    .description("Imports the public aids of France into one catalogue. Every run makes a plan that you can read, apply, discard and undo.")
    .version(versionText(findInstallation()))
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
  moisson demo                                        run the sample feeds
  moisson run departement-drome --file drome.json     run a connector on a file
  moisson runs                                        list the runs

Environment: MOISSON_HOME, DATABASE_URL, REDIS_URL, MOISSON_CONNECTORS, MOISSON_ALLOW_HOSTS, MOISSON_NOW, MOISSON_URL_<CONNECTOR>; see docs/commands.md.`,
    );
  addCommands(program, async (given) => {
    const context = (await import("./context.ts")).openContext(environment, terminal, given);
    if (given?.process !== undefined) await warnOfUnknown(environment, terminal);
    return context;
  });
  for (const command of program.commands) inherit(command, program);
  return program;
}

/** Names the variables that nothing reads, when a process starts. */
async function warnOfUnknown(environment: Readonly<Record<string, string | undefined>>, terminal: Terminal): Promise<void> {
  const { unknownVariableMessage, unknownVariables } = await import("./unknown-variables.ts");
  for (const unknown of unknownVariables(environment, null)) terminal.err(`ignored: ${unknownVariableMessage(unknown)}`);
}

/** Gives subcommands the output and exit settings of the program. */
function inherit(command: Command, program: Command): void {
  command.copyInheritedSettings(program);
  for (const child of command.commands) inherit(child, program);
}
