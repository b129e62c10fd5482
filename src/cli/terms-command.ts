import type { Command } from "commander";
import { addTermsMissingCommand } from "./terms-missing-command.ts";
import { addTermsSetCommand } from "./terms-set-command.ts";
import { addTermsSuggestCommand } from "./terms-suggest-command.ts";
import type { Workshop } from "./workshop.ts";

/** `moisson terms`: the publishers' words and ours. */
export function addTermsCommand(program: Command, workshop: () => Workshop): void {
  const command = program.command("terms").description("the publishers' words and ours");
  addTermsMissingCommand(command, workshop);
  addTermsSuggestCommand(command, workshop);
  addTermsSetCommand(command, workshop);
}
