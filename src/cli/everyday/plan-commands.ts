import type { CliCommand, CliParent } from "../command.ts";
import type { OpenContext } from "../context.ts";
import { commaSeparated, positiveNumber, repeated } from "../options.ts";

const planArgument = [
  "<plan>",
  "id of a plan, or of the run that made it (the first 4 characters or more); or a connector with one open plan",
] as const;

/** Adds `moisson plan`: list, show, apply and discard plans. */
export function addPlanCommand(program: CliParent, open: OpenContext): void {
  const command = program
    .command("plan")
    .description("read, apply and discard plans: the changes that a run, an undo or a curator proposes");
  command
    .command("list")
    .description("list the plans that wait for a decision, newest first")
    .option("--connector <connector>", "plans of one connector only")
    .option("--all", "include applied and discarded plans")
    .option("--limit <count>", "maximum number of plans", positiveNumber, 20)
    .option("--json", "print JSON")
    .examples("moisson plan list", "moisson plan list --connector departement-drome --all")
    .action(async (flags) => (await import("./plan-list.ts")).listPlans(await open(), flags));
  addPartOptions(
    command
      .command("show")
      .description("show a plan: why it waits, its changes in numbers, then aid by aid")
      .argument(...planArgument),
  )
    .option("--limit <count>", "maximum number of changes (default: 20; all with --json)", positiveNumber)
    .option("--whole", "show complete texts, and all fields of new aids")
    .option("--json", "print JSON")
    .examples(
      "moisson plan show 3f2a91c0",
      "moisson plan show departement-drome",
      "moisson plan show 3f2a91c0 --only withdraw --limit 100",
      "moisson plan show 3f2a91c0 --aid departement-drome/162 --whole",
      "moisson plan show 3f2a91c0 --field submissionDeadline --json",
    )
    .action(async (plan: string, flags) => (await import("./plan-show.ts")).showNamedPlan(await open(), plan, flags));
  addPartOptions(
    command
      .command("apply")
      .description("apply this plan, or a part of it; the rest stays open")
      .argument(...planArgument),
  )
    .option("--skip-moved", "skip aids that have changed since the plan was made; without it, such an aid stops the whole plan")
    .option(
      "--without-field <fields>",
      "everything but these fields, which keep their last values until the feed is right again; comma-separated",
      commaSeparated,
    )
    .curatorOptions()
    .option("--json", "print JSON")
    .examples(
      'moisson plan apply 3f2a91c0 --note "the publisher confirmed: 160 aids are over"',
      "moisson plan apply 3f2a91c0 --only create,update",
      "moisson plan apply 3f2a91c0 --field startDate,submissionDeadline --skip-moved",
    )
    .notes("Exit codes: 0 applied, 1 refused (the plan is closed or unknown, or aids in it have changed since), 2 wrong use.")
    .action(async (plan: string, flags) => (await import("./plan-apply.ts")).applyNamedPlan(await open(), plan, flags));
  command
    .command("follow")
    .description("read the fields that the publisher renamed under their new names, and run the connector again on the held feed")
    .argument(...planArgument)
    .curatorOptions()
    .option("--json", "print the report of the run as JSON")
    .examples(
      'moisson plan follow 3f2a91c0     when `moisson plan show 3f2a91c0` says: "titre" is missing […]; "intitule" probably replaces it',
    )
    .notes("Saves a new version of the connector, which the console shows and can take back, and discards the held plan.")
    .action(async (plan: string, flags) => (await import("./plan-follow.ts")).followPlan(open, plan, flags));
  command
    .command("discard")
    .description("discard a plan, or the rest of a plan applied in part")
    .argument(...planArgument)
    .curatorOptions()
    .examples('moisson plan discard 3f2a91c0 --note "the publisher sent half of its file"')
    .action(async (plan: string, flags) => (await import("./plan-apply.ts")).discardNamedPlan(await open(), plan, flags));
}

/** Adds the options that select a part of a plan; see `PartFlags`. */
function addPartOptions(command: CliCommand): CliCommand {
  return command
    .option("--only <kinds>", "changes of these kinds, comma-separated: create, update, withdraw, restore, re-identify…", commaSeparated)
    .option("--field <fields>", "changes to these fields, comma-separated; leaves out creations and withdrawals", commaSeparated)
    .option("--aid <aid>", "this aid: its aidId, connector/externalId, or the publisher's id; may be repeated", repeated);
}
