import type { Command } from "commander";
import { addAidEditCommand } from "./aid-edit-command.ts";
import { addAidMergeCommand } from "./aid-merge-command.ts";
import { addAidShowCommand } from "./aid-show-command.ts";
import { addStatusCommands } from "./aid-status-commands.ts";
import { addWatchCommands } from "./aid-watch-command.ts";
import type { Workshop } from "./workshop.ts";

/** `moisson aid`: what is known of one aid, and what a curator does to it or to all that a filter selects. */
export function addAidCommand(program: Command, workshop: () => Workshop): void {
  const command = program.command("aid").description("show an aid; correct, publish, reject, merge it, or all that a filter selects");
  addAidShowCommand(command, workshop);
  addAidEditCommand(command, workshop);
  addStatusCommands(command, workshop);
  addAidMergeCommand(command, workshop);
  addWatchCommands(command, workshop);
}
