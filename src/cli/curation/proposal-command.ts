import type { Command } from "commander";
import type { CommandContext } from "../context.ts";
import { addAnswerCommand } from "./proposal-answer.ts";
import { addProposalListCommand } from "./proposal-list.ts";

/** `moisson proposal`: changes of publishers that wait for a person, and the answers to them. */
export function addProposalCommand(program: Command, open: () => CommandContext): void {
  const command = program.command("proposal").description("changes of publishers that wait for a person: list, accept, refuse");
  addProposalListCommand(command, open);
  addAnswerCommand(command, open, "accept", "show what the publisher says now; an edit over it goes");
  addAnswerCommand(command, open, "refuse", "keep what is shown until the publisher changes its value again");
}
