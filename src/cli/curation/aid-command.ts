import type { Command } from "commander";
import type { CommandContext } from "../context.ts";
import { addAidEditCommand } from "./aid-edit.ts";
import { addAidMergeCommand } from "./aid-merge-command.ts";
import { addAidShowCommand } from "./aid-show.ts";
import { addStatusCommands } from "./aid-status-commands.ts";
import { addWatchCommands } from "./aid-watch-command.ts";

/** `moisson aid`: what is known of one aid, and what a curator does to it or to all that a filter selects. */
export function addAidCommand(program: Command, open: () => CommandContext): void {
  const command = program.command("aid").description("show an aid; correct, publish, reject, merge it, or all that a filter selects");
  addAidShowCommand(command, open);
  addAidEditCommand(command, open);
  addStatusCommands(command, open);
  addAidMergeCommand(command, open);
  addWatchCommands(command, open);
}
