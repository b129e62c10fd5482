import type { Command } from "commander";
import { parentOfCommands } from "./command.ts";
import type { OpenContext } from "./context.ts";
import { addCurationCommands } from "./curation/curation-commands.ts";
import { addEverydayCommands } from "./everyday/everyday-commands.ts";
import { addOperationCommands } from "./operation/operation-commands.ts";
import { addPublishersCommands } from "./publishers/publishers-commands.ts";

/** Adds all commands, grouped by purpose in `--help`. */
export function addCommands(program: Command, open: OpenContext): void {
  const parent = parentOfCommands(program);
  addEverydayCommands(parent.commandsGroup("Every day:"), open);
  addCurationCommands(parent.commandsGroup("Curation:"), open);
  addPublishersCommands(parent.commandsGroup("Publishers:"), open);
  addOperationCommands(parent.commandsGroup("Operation:"), open);
  parent.commandsGroup("Help:").helpCommand(true);
}
