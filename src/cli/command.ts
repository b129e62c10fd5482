import { Command } from "commander";
import { addByOption, addCuratorOptions } from "./options.ts";

/** A command with the options and the help that many commands share. Its subcommands are of this class too. */
export class CliCommand extends Command {
  override createCommand(name?: string): CliCommand {
    return new CliCommand(name);
  }

  /** Adds `--by`. */
  byOption(): this {
    addByOption(this);
    return this;
  }

  /** Adds `--by` and `--note`. */
  curatorOptions(): this {
    addCuratorOptions(this);
    return this;
  }

  /** Adds a paragraph at the end of `--help`. */
  notes(text: string): this {
    return this.addHelpText("after", `\n${text}`);
  }

  /** Adds command lines at the end of `--help`. */
  examples(...lines: readonly string[]): this {
    return this.notes([lines.length === 1 ? "Example:" : "Examples:", ...lines.map((line) => `  ${line}`)].join("\n"));
  }
}

/** A program, or a command, whose subcommands are `CliCommand`s. */
export type CliParent = Command & { createCommand(name?: string): CliCommand };

/** Lets a program create its commands as `CliCommand`s. */
export function parentOfCommands(program: Command): CliParent {
  return Object.assign(program, { createCommand: (name?: string) => new CliCommand(name) });
}
