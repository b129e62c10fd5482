import type { Command } from "commander";
import type { OpenContext } from "./context.ts";
import { addCurationCommands } from "./curation/curation-commands.ts";
import { addEverydayCommands } from "./everyday/everyday-commands.ts";
import { addOperationCommands } from "./operation/operation-commands.ts";
import { addPublishersCommands } from "./publishers/publishers-commands.ts";

/** Adds all commands, grouped by purpose in `--help`. */
export function addCommands(program: Command, open: OpenContext): void {
  addEverydayCommands(program.commandsGroup("Every day:"), open);
  addCurationCommands(program.commandsGroup("Curation:"), open);
  addPublishersCommands(program.commandsGroup("Publishers:"), open);
  addOperationCommands(program.commandsGroup("Operation:"), open);
  program.commandsGroup("Help:").helpCommand(true);
}
