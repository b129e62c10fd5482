import type { Command } from "commander";
import type { PlanRecord } from "../../catalogue/plans/plan-reader.ts";
import type { CommandContext } from "../context.ts";
import { addCuratorFlags, type CuratorFlags, curatorOf } from "../curator-options.ts";
import { positiveNumber } from "../options.ts";
import { applyPlan, discardPlan, type PlanApplyFlags } from "./plan-apply.ts";
import { listPlans, type PlanListFlags } from "./plan-list.ts";
import { openPlanNamed } from "./plan-named.ts";
import { addPartFlags } from "./plan-part.ts";
import { type PlanShowFlags, showPlan } from "./plan-show.ts";

const planArgument = [
  "<plan>",
  "id of a plan, or of the run that made it (the first 4 characters or more); or a connector with one open plan",
] as const;

/** `moisson plan`: what runs and persons would do to the catalogue, read, applied in whole or in part, discarded. */
export function addPlanCommand(program: Command, open: () => CommandContext): void {
  const command = program
    .command("plan")
    .description("read, apply and discard plans: what a run, an undo or a curator would do to the catalogue");
  addList(command, open);
  addShow(command, open);
  addApply(command, open);
  addDiscard(command, open);
}

function addList(command: Command, open: () => CommandContext): void {
  command
    .command("list")
    .description("list the plans that wait for a person, newest first")
    .option("--connector <connector>", "plans of one connector only")
    .option("--all", "those that are applied or discarded, too")
    .option("--limit <count>", "how many", positiveNumber, 20)
    .option("--json", "print JSON")
    .addHelpText("after", "\nExamples:\n  moisson plan list\n  moisson plan list --connector departement-drome --all")
    .action(async (flags: PlanListFlags) => {
      const { withCatalogue, terminal } = open();
      await withCatalogue((catalogue, { clock }) => listPlans(catalogue, terminal, clock.now(), flags));
    });
}

function addShow(command: Command, open: () => CommandContext): void {
  addPartFlags(
    command
      .command("show")
      .description("show a plan: why it waits, what it does in numbers, then aid by aid")
      .argument(...planArgument),
  )
    .option("--limit <count>", "how many changes; 20, and with --json all", positiveNumber)
    .option("--whole", "texts from end to end, all fields of new aids")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Examples:
  moisson plan show 3f2a91c0
  moisson plan show departement-drome
  moisson plan show 3f2a91c0 --only withdraw --limit 100
  moisson plan show 3f2a91c0 --aid departement-drome/162 --whole
  moisson plan show 3f2a91c0 --field submissionDeadline --json`,
    )
    .action(async (asked: string, flags: PlanShowFlags) => {
      const { withCatalogue, terminal, connectors } = open();
      await withCatalogue(async (catalogue) => {
        const plan = await openPlanNamed(catalogue, asked);
        await showPlan(catalogue, plan, await publisherOf(plan, connectors), terminal, flags);
      });
    });
}

async function publisherOf({ connector }: PlanRecord, connectors: CommandContext["connectors"]): Promise<string> {
  const known = (await connectors()).connectors.find(({ definition }) => definition.id === connector);
  return known?.definition.publisher.name ?? "connector removed";
}

function addApply(command: Command, open: () => CommandContext): void {
  const apply = command
    .command("apply")
    .description("apply exactly this plan, or a part of it: the rest stays open")
    .argument(...planArgument);
  addCuratorFlags(
    addPartFlags(apply).option(
      "--skip-moved",
      "leave out aids that have changed since the plan was made; without it nothing is written then",
    ),
  )
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Examples:
  moisson plan apply 3f2a91c0 --note "the publisher confirmed: 160 aids are over"
  moisson plan apply 3f2a91c0 --only create,update
  moisson plan apply 3f2a91c0 --field startDate,submissionDeadline --skip-moved

Exit codes: 0 applied, 1 refused (it is closed, aids in it have changed since, it does not exist), 2 wrong use.`,
    )
    .action(async (asked: string, flags: PlanApplyFlags & CuratorFlags) => {
      const { withCatalogue, terminal, environment } = open();
      await withCatalogue(async (catalogue, { clock }) => {
        const curator = curatorOf(flags, environment, clock.now());
        await applyPlan(catalogue, await openPlanNamed(catalogue, asked), curator, terminal, flags);
      });
    });
}

function addDiscard(command: Command, open: () => CommandContext): void {
  addCuratorFlags(
    command
      .command("discard")
      .description("discard a plan, or what is left of it: none of it is applied")
      .argument(...planArgument),
  )
    .addHelpText("after", '\nExample:\n  moisson plan discard 3f2a91c0 --note "the publisher sent half of its file"')
    .action(async (asked: string, flags: CuratorFlags) => {
      const { withCatalogue, terminal, environment } = open();
      await withCatalogue(async (catalogue, { clock }) => {
        const curator = curatorOf(flags, environment, clock.now());
        await discardPlan(catalogue, await openPlanNamed(catalogue, asked), curator, terminal);
      });
    });
}
