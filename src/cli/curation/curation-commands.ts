import { type Command, Option } from "commander";
import type { OpenContext } from "../context.ts";
import { addByOption, addCuratorOptions, positiveNumber, repeated } from "../options.ts";
import { addActOptions, addProposalFilterOptions } from "./aid-options.ts";
import { addSuggestionCommands } from "./suggestion-commands.ts";

/** Adds the commands of curators. Their implementation is imported when they run. */
export function addCurationCommands(program: Command, open: OpenContext): void {
  addAidCommand(program, open);
  addProposalCommand(program, open);
  addSuggestionCommands(program, open);
  addLinksCommand(program, open);
  addAsideCommand(program, open);
}

const aidArgument = ["<aid>", "aidId, or connector/externalId"] as const;
const aidOrFilter = ["[aid]", "aidId, or connector/externalId; leave out with a filter"] as const;

function addAidCommand(program: Command, open: OpenContext): void {
  const aid = program.command("aid").description("show an aid; edit, publish, reject or merge it, or all aids that a filter selects");
  aid
    .command("show")
    .description("show an aid: for each field the value shown, the publisher's value, their origin and owner; then its history")
    .argument(...aidArgument)
    .option("--json", "print JSON")
    .addHelpText("after", "\nExamples:\n  moisson aid show departement-drome/162\n  moisson aid show departement-drome/162 --json")
    .action(async (id: string, flags) => (await import("./aid-show.ts")).showAid(await open(), id, flags));
  addAidEditCommand(aid, open);
  for (const { kind, description, examples } of statusCommands) {
    addActOptions(
      aid
        .command(kind)
        .description(description)
        .argument(...aidOrFilter),
    )
      .addHelpText("after", `\nExamples:\n${examples.map((example) => `  moisson aid ${kind} ${example}`).join("\n")}`)
      .action(async (id: string | undefined, flags) => (await import("./aid-acts.ts")).changeStatus(await open(), kind, id, flags));
  }
  addCuratorOptions(
    aid
      .command("merge")
      .description("merge an aid into another one about the same thing: it goes offline, redirects there, and is never created again")
      .argument(...aidArgument)
      .argument("<into>", "the aid that stays"),
  )
    .option("--json", "print JSON")
    .addHelpText("after", '\nExamples:\n  moisson aid merge departement-drome/162 ademe-agir/12 --note "the same call"')
    .action(async (id: string, into: string, flags) => (await import("./aid-acts.ts")).mergeAid(await open(), id, into, flags));
  addCuratorOptions(
    aid
      .command("source")
      .description("choose the connector whose value of a field an aid with several sources shows")
      .argument(...aidArgument)
      .argument("<field>", "field of the aid")
      .argument("[connector]", "connector of one of its sources")
      .option("--default", "return to the order that the connectors declare"),
  )
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  moisson aid source departement-drome/162 submissionDeadline ademe-agir\n  moisson aid source departement-drome/162 submissionDeadline --default",
    )
    .action(async (id: string, field: string, connector: string | undefined, flags) =>
      (await import("./aid-acts.ts")).chooseSource(await open(), id, field, connector, flags),
    );
  addWatchCommands(aid, open);
}

const statusCommands = [
  {
    kind: "publish",
    description: "publish an aid, or all aids that a filter selects; refused while a required field is missing",
    examples: ["departement-drome/162", "--connector departement-drome --status reviewable"],
  },
  {
    kind: "unpublish",
    description: "make a published aid a draft, off the site until it is published again",
    examples: ['departement-drome/162 --note "to be rewritten"'],
  },
  {
    kind: "reject",
    description: "reject an aid: it stays offline even if its feed contains it, and is never created again",
    examples: ['departement-drome/162 --note "a prize, not an aid"', "--connector departement-drome --search concours"],
  },
  {
    kind: "restore",
    description: "revert a rejection, a curator's withdrawal or a suspension",
    examples: ["departement-drome/162"],
  },
  { kind: "split", description: "revert a merge; the aid waits for review again", examples: ["departement-drome/162"] },
] as const;

function addAidEditCommand(aid: Command, open: OpenContext): void {
  addActOptions(
    aid
      .command("edit")
      .description("correct fields of an aid, or of all aids that a filter selects; the publisher's values are kept too")
      .argument("[words...]", "<aid> field=value…, or field=value… with a filter; `field=` empties the field")
      .addOption(new Option("--withdraw <field>", "remove the edit of this field; may be repeated").argParser(repeated)),
  )
    .addHelpText(
      "after",
      `
Values: terms as slugs; lists with commas or in JSON; days as 2026-12-31 or 31/12/2026; organisations as name or name|SIREN; territories as scale:code; texts in
HTML; booleans as yes or no; anything else as it is.

Examples:
  moisson aid edit departement-drome/162 name="Rénover une école" --note "our own title"
  moisson aid edit departement-drome/162 targetedAudiences=commune,epci submissionDeadline=2026-12-31 contactPhone=
  moisson aid edit departement-drome/162 --withdraw name
  moisson aid edit --connector departement-drome --lacks perimeters perimeters=department:26`,
    )
    .action(async (words: string[], flags) => (await import("./aid-edit.ts")).editAids(open, words, flags));
}

function addWatchCommands(aid: Command, open: OpenContext): void {
  const until = ["--until <day>", "day of the next review, YYYY-MM-DD"] as const;
  addActOptions(
    aid
      .command("confirm")
      .description("confirm that an aid is still valid: it is not listed as stale before a day")
      .argument(...aidOrFilter)
      .requiredOption(...until),
  )
    .addHelpText(
      "after",
      '\nExamples:\n  moisson aid confirm departement-drome/162 --until 2027-06-30 --note "asked the department by phone"',
    )
    .action(async (id: string | undefined, flags) => (await import("./aid-acts.ts")).confirmAid(await open(), id, flags));
  addActOptions(
    aid
      .command("suspend")
      .description("take an aid off the site until a day, when somebody must review it")
      .argument(...aidOrFilter)
      .requiredOption(...until)
      .requiredOption("--reason <text>", "reason, kept in the history"),
  )
    .addHelpText("after", '\nExamples:\n  moisson aid suspend departement-drome/162 --until 2027-01-15 --reason "next call not voted yet"')
    .action(async (id: string | undefined, flags) => (await import("./aid-acts.ts")).suspendAid(await open(), id, flags));
  addActOptions(
    aid
      .command("withdraw")
      .description("take an aid off the site for good, even if its feed contains it; `aid restore` reverts this")
      .argument(...aidOrFilter),
  )
    .addHelpText("after", '\nExamples:\n  moisson aid withdraw departement-drome/162 --note "the department stopped it"')
    .action(async (id: string | undefined, flags) => (await import("./aid-acts.ts")).changeStatus(await open(), "withdraw", id, flags));
}

const answers = [
  { answer: "accept", description: "show the publisher's new value; removes a curator's edit of the field" },
  { answer: "refuse", description: "keep the value shown until the publisher changes its value again" },
] as const;

function addProposalCommand(program: Command, open: OpenContext): void {
  const proposal = program.command("proposal").description("list, accept and refuse publishers' changes that wait for a decision");
  addProposalFilterOptions(proposal.command("list").description("list proposals, the nearest deadline first"))
    .option("--limit <count>", "maximum number of proposals (default: 50; all with --json)", positiveNumber)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  moisson proposal list --connector departement-drome\n  moisson proposal list --field submissionDeadline --json",
    )
    .action(async (flags) => (await import("./proposals.ts")).listProposals(await open(), flags));
  for (const { answer, description } of answers) {
    const command = proposal
      .command(answer)
      .description(description)
      .argument("[proposal...]", "<aidId>:<field> or connector/externalId:<field>, as listed; leave out with a filter");
    addCuratorOptions(addProposalFilterOptions(command))
      .option("--yes", "with a filter: apply at once instead of leaving an open plan")
      .option("--json", "print JSON")
      .addHelpText(
        "after",
        `
Examples:
  moisson proposal ${answer} departement-drome/162:description --note "read with the publisher"
  moisson proposal ${answer} --connector departement-drome --field contact`,
      )
      .action(async (ids: string[], flags) => (await import("./proposals.ts")).answerProposals(open, answer, ids, flags));
  }
}

function addLinksCommand(program: Command, open: OpenContext): void {
  program
    .command("links")
    .description("list links of live aids that are dead or that a person should check")
    .option("--connector <id>", "aids of one connector")
    .option("--dead", "dead links only: they failed twice in a row, a week apart")
    .addOption(
      new Option("--check", "first check the links that are due: never checked, or last checked a week ago").conflicts("connector"),
    )
    .option("--limit <count>", "with --check: maximum number of links", positiveNumber)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
A site that refuses robots, asks for a human, is slow or is down never counts as dead. Each host gets at most one request every two seconds.

Examples:
  moisson links
  moisson links --dead --connector departement-drome
  moisson links --dead --json
  moisson links --check --limit 200`,
    )
    .action(async (flags) => (await import("./links-command.ts")).showLinks(open, flags));
}

function addAsideCommand(program: Command, open: OpenContext): void {
  addByOption(
    program
      .command("aside")
      .description("set a known issue or silence of a connector aside until a day; it is reported again that day, or when it grows")
      .argument("[connector]", "the connector; --list lists all connectors without it")
      .option("--issue <code[:field]>", "an issue of its last report, in one field or in all")
      .option("--silence", "its silence, as listed by `runs --silent`")
      .option("--until <day>", "day on which it is reported again, YYYY-MM-DD")
      .option("--reason <text>", "why nothing needs to be done now"),
  )
    .option("--list", "list what is set aside")
    .option("--remove <id>", "report it again now: an id from --list, or its first characters")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Examples:
  moisson aside departement-drome --issue unreadable-url:originUrl --until 2027-01-31 --reason "told them on the 12th"
  moisson aside ministere-culture --silence --until 2027-02-01 --reason "nothing new before the next budget"
  moisson aside --list
  moisson aside --remove 3f2a91c0`,
    )
    .action(async (connector: string | undefined, flags) => (await import("./aside-command.ts")).setAside(open, connector, flags));
}
