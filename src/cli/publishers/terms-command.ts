import type { Command } from "commander";
import type { CommandContext } from "../context.ts";
import { addTermsMissingCommand } from "./terms-missing-command.ts";
import { addTermsSetCommand } from "./terms-set.ts";
import { addTermsSuggestCommand } from "./terms-suggest.ts";

/** `moisson terms`: the publishers' words and ours. */
export function addTermsCommand(program: Command, open: () => CommandContext): void {
  const command = program.command("terms").description("the publishers' words and ours");
  addTermsMissingCommand(command, open);
  addTermsSuggestCommand(command, open);
  addTermsSetCommand(command, open);
}
