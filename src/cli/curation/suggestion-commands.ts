import type { Command } from "commander";
import type { OpenContext } from "../context.ts";
import { addByOption, addCuratorOptions, positiveNumber } from "../options.ts";

/** Adds the commands about suggestions, and about what runs fill and publish by themselves. */
export function addSuggestionCommands(program: Command, open: OpenContext): void {
  const suggestions = program
    .command("suggestions")
    .description("values that Moisson suggests for empty fields, with their evidence: list them, accept them");
  suggestions
    .command("list", { isDefault: true })
    .description("count the suggestions by field, with examples and their evidence")
    .option("--connector <id>", "aids of one connector")
    .option("--field <field>", "suggestions for one field")
    .option("--aid <aid>", "suggestions for one aid: its aidId, or connector/externalId")
    .option("--limit <count>", "maximum number of examples per field (default: 5)", positiveNumber)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  moisson suggestions list --connector departement-drome\n  moisson suggestions list --field contact --limit 20\n  moisson suggestions list --aid departement-drome/162 --json",
    )
    .action(async (flags) => (await import("./suggestion-list.ts")).listSuggestions(await open(), flags));
  addCuratorOptions(
    suggestions
      .command("accept")
      .description("fill a field of an aid with its suggestion, or confirm the answer for a source that has filled it")
      .argument("<aid>", "aidId, or connector/externalId")
      .argument("<field>", "the field to fill"),
  )
    .option("--rule <rule>", "only suggestions of this rule")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExamples:\n  moisson suggestions accept departement-drome/162 contact")
    .action(async (aid: string, field: string, flags) =>
      (await import("./suggestion-accept.ts")).acceptSuggestion(await open(), aid, field, flags),
    );
  addStandingCommands(program, suggestions, open);
}

function addStandingCommands(program: Command, suggestions: Command, open: OpenContext): void {
  suggestions
    .command("decisions")
    .description("list the decisions that fill fields and publish aids in every run: who decided what, when and why")
    .option("--ended", "also those that have ended")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExamples:\n  moisson suggestions decisions\n  moisson suggestions decisions --ended")
    .action(async (flags) => (await import("./decide-standing.ts")).listDecisions(await open(), flags));
  addByOption(
    suggestions
      .command("end")
      .description("end a decision: later runs no longer follow it; what it filled and published stays")
      .argument("<id>", "id of the decision, or its first characters")
      .addHelpText("after", "\nExamples:\n  moisson suggestions end 5f1c2a9e"),
  ).action(async (id: string, flags) => (await import("./decide-standing.ts")).endDecision(await open(), id, flags));
  addCuratorOptions(
    program
      .command("publishing")
      .description("choose whether a person reviews every aid of a connector, or runs publish those of a level of description")
      .argument("<connector>", "the connector")
      .argument(
        "[policy]",
        "review: a person publishes; fullyDescribed or publishable: runs publish aids of this level that have no warning",
      ),
  )
    .option("--for-publisher", "for all connectors of the connector's publisher")
    .option("--yes", "apply the plan for the aids in review at once instead of leaving it open")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      '\nExamples:\n  moisson publishing departement-drome\n  moisson publishing departement-drome fullyDescribed --note "agreed with Claire on the 12th"\n  moisson publishing departement-drome review',
    )
    .action(async (connector: string, policy: string | undefined, flags) =>
      (await import("./decide-standing.ts")).choosePublishing(await open(), connector, policy, flags),
    );
  addCuratorOptions(
    program
      .command("asks-for")
      .description("ask for a further field before the aids of a connector are published, beyond those that every aid needs")
      .argument("<connector>", "the connector")
      .argument("<field>", "a field of the full description, such as contact"),
  )
    .option("--for-publisher", "for all connectors of the connector's publisher")
    .option("--end", "no longer ask for it")
    .addHelpText("after", "\nExamples:\n  moisson asks-for welcomeurope contact\n  moisson asks-for welcomeurope contact --end")
    .action(async (connector: string, field: string, flags) =>
      (await import("./decide-standing.ts")).askForField(await open(), connector, field, flags),
    );
  addQuestionCommands(program, open);
}

function addQuestionCommands(program: Command, open: OpenContext): void {
  const questions = program
    .command("questions")
    .description("questions about sources whose answers make aids publishable or fully described, those that free most first");
  questions
    .command("list", { isDefault: true })
    .description("list the questions; of one connector, with the proposed answers and five aids to read")
    .option("--connector <id>", "questions about one connector")
    .option("--territory <territory>", "count the aids of a territory only, such as department:26")
    .option("--limit <count>", "maximum number of questions (default: 10)", positiveNumber)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  moisson questions list --connector tee-programmes\n  moisson questions list --territory department:26",
    )
    .action(async (flags) => (await import("./questions.ts")).listQuestions(await open(), flags));
  addCuratorOptions(
    questions
      .command("answer")
      .description("answer for all aids of a connector that lack a field, now and in later runs; `moisson undo` reverts what it filled")
      .argument("<connector>", "the connector")
      .argument("<field>", "the field that is asked for")
      .argument("[value]", "the value; for financers, leave it out with --operator: each aid is paid by those that run it"),
  )
    .option("--type <types>", "only aids with exactly these types, separated by commas")
    .option("--operator <name...>", "only aids that these organisations run")
    .option("--except <identifier...>", "identifiers of aids that the answer leaves out")
    .option("--for-publisher", "for all connectors of the connector's publisher")
    .option("--replace <decision...>", "answers that this one replaces: it also changes the values that they have filled")
    .option("--dry-run", "show which aids would get which value, and change nothing")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Examples:
  moisson questions answer tee-programmes mobilizationSteps preop,op --note "engineering before and during a project"
  moisson questions answer tee-programmes financers --operator ADEME Bpifrance
  moisson questions answer tee-programmes destinations investment --type grant`,
    )
    .action(async (connector: string, field: string, value: string | undefined, flags) =>
      (await import("./questions.ts")).answer(await open(), { connector, field, value }, flags),
    );
  questions
    .command("review")
    .description("list the answers that are asked again: they cover many more aids, their aids have changed, or two contradict each other")
    .option("--connector <id>", "answers for one connector")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExamples:\n  moisson questions review\n  moisson questions review --connector tee-programmes --json")
    .action(async (flags) => (await import("./questions.ts")).reviewAnswers(await open(), flags));
  addCuratorOptions(
    questions
      .command("confirm")
      .description("confirm an answer, as it is for its aids of today")
      .argument("<decision>", "id of the answer, or its first characters"),
  )
    .option("--replace <decision...>", "answers that contradict it: its aids get its value, and those that are not for more aids end")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExamples:\n  moisson questions confirm 5f1c2a9e\n  moisson questions confirm 5f1c2a9e --replace 0b7d44e1")
    .action(async (decision: string, flags) => (await import("./questions.ts")).confirm(await open(), decision, flags));
}
