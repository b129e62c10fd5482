import type { Command } from "commander";
import { addAnswerCommand } from "./proposal-answer-command.ts";
import { addProposalListCommand } from "./proposal-list-command.ts";
import type { Workshop } from "./workshop.ts";

/** `moisson proposal`: changes of publishers that wait for a person, and the answers to them. */
export function addProposalCommand(program: Command, workshop: () => Workshop): void {
  const command = program.command("proposal").description("changes of publishers that wait for a person: list, accept, refuse");
  addProposalListCommand(command, workshop);
  addAnswerCommand(command, workshop, "accept", "show what the publisher says now; an edit over it goes");
  addAnswerCommand(command, workshop, "refuse", "keep what is shown until the publisher changes its value again");
}
