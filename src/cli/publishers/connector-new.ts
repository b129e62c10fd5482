import { rm } from "node:fs/promises";
import type { Command } from "commander";
import { runErrorMessage } from "../../english/messages.ts";
import { askForIdentifier } from "../../french/survey.ts";
import { publisherKinds } from "../../kit/definition.ts";
import { FeedUnreadable } from "../../model/run/run-error.ts";
import { makeSpoolFolder } from "../../platform/spool-folder.ts";
import type { Proposal, ProposalOptions } from "../../registry/survey/proposal.ts";
import { proposeConnector } from "../../registry/survey/propose-connector.ts";
import { publisherOf } from "../../registry/survey/publisher-of.ts";
import { surveyFeed } from "../../registry/survey/survey-feed.ts";
import { loadTermFiles } from "../../registry/terms/load-term-files.ts";
import { readDecidedTerms } from "../../registry/terms/read-decided-terms.ts";
import type { CommandContext } from "../context.ts";
import { exitCodes, NotDone, WrongUse } from "../exit.ts";
import { renderSurvey } from "../render/survey.ts";
import { makeConnector } from "./make-connector.ts";
import { surveySource } from "./survey-source.ts";

interface NewFlags {
  from: string;
  and?: string;
  into?: string;
  publisher?: string;
  kind?: string;
  territory?: string;
  licence?: string;
  json?: true;
  dryRun?: true;
  force?: true;
}

/** `moisson connector new`: a connector for a feed that nobody has described yet. */
export function addConnectorCommand(program: Command, open: () => CommandContext): void {
  program
    .command("connector")
    .description("begin a connector from a feed")
    .command("new")
    .description("look at a feed and write a draft of its connector: rules, term files, a fixture with what must come out of it")
    .argument("<id>", "its name: lower-case words joined by hyphens")
    .requiredOption("--from <file|address>", "the feed: CSV, JSON, XML, Excel, OpenDocument")
    .option("--and <file|address>", "an older copy of the same feed: tells which identifiers last")
    .option("--into <folder>", "folder of connectors/, mappings/, fixtures/ (default: MOISSON_CONNECTORS, else Moisson's own)")
    .option("--publisher <name>", "who publishes it, as exports are to name it")
    .option("--kind <kind>", publisherKinds.join(", "))
    .option("--territory <scale:code>", "where its aids hold: region:11, department:26, country:FRA")
    .option("--licence <licence>", "openlicence20, odbl, cc-by-4.0; never guessed: unknown where it is not given")
    .option("--dry-run", "say what it would write, and write nothing")
    .option("--force", "write over a connector of that name")
    .option("--json", "print the survey, the proposal and the files as JSON")
    .addHelpText(
      "after",
      `
Examples:
  moisson connector new region-exemple --from aides.csv --publisher "Région Exemple" --territory region:11
  moisson connector new departement-exemple --from https://example.org/aides.json --and aides-2025.json
  moisson connector new agence-exemple --from aides.xlsx --dry-run

The connector is a draft: a first run of it is held. Suggestions in term files are marked "suggéré, à vérifier".`,
    )
    .action(async (id: string, flags: NewFlags) => {
      process.exitCode = await newConnector(open(), id, flags);
    });
}

async function newConnector(context: CommandContext, id: string, flags: NewFlags): Promise<number> {
  const spool = await makeSpoolFolder();
  try {
    return await surveyAndWrite(context, id, flags, spool);
  } finally {
    await rm(spool, { recursive: true, force: true });
  }
}

async function surveyAndWrite(context: CommandContext, id: string, flags: NewFlags, spool: string): Promise<number> {
  const { terminal, folders } = context;
  const found = publisherOf(id, {
    ...(flags.publisher !== undefined && { name: flags.publisher }),
    ...(flags.kind !== undefined && { kind: flags.kind }),
    ...(flags.territory !== undefined && { territory: flags.territory }),
    ...(flags.licence !== undefined && { licence: flags.licence }),
  });
  if ("wrong" in found) throw new WrongUse(`--${found.wrong} takes ${found.allowed}`);
  const { part, feed, address } = await surveySource(flags.from, id, context, spool);
  const older = flags.and === undefined ? undefined : (await surveySource(flags.and, id, context, spool)).part;
  const timeZone = found.publisher.kind === "european" ? "Europe/Brussels" : "Europe/Paris";
  const survey = await surveyFeed(part, { timeZone, ...(older && { older }), ...(address !== undefined && { address }) }).catch(withAdvice);
  const options: ProposalOptions = {
    id,
    feed,
    ...found,
    isPublisherGiven: flags.publisher !== undefined,
    knownTerms: await readDecidedTerms(folders),
  };
  const proposal = proposeConnector(survey, (await loadTermFiles(folders, id)).lookup, options);
  const made = await makeConnector(context, survey, proposal, flags);
  if (flags.json) {
    const { records: _, older: __, ...shown } = survey;
    terminal.out(JSON.stringify({ survey: shown, proposal, files: made.files }, null, 2));
    return exitCodes.fine;
  }
  terminal.out(renderSurvey(survey, proposal, terminal.colors));
  terminal.out(`\n${closing(proposal, made, flags).join("\n")}`);
  return exitCodes.fine;
}

/** A page is no feed; what can be done about it. */
function withAdvice(error: unknown): never {
  if (!(error instanceof FeedUnreadable) || error.code !== "html-page") throw error;
  const advice =
    "ask the publisher for the data behind it (an export, an API), or describe the page by hand: connectors/README.md, decode html";
  throw new NotDone(`${runErrorMessage(error.code, error.params)}; ${advice}`);
}

type Made = Awaited<ReturnType<typeof makeConnector>>;

/** What was written, what is left for a person, and what to do next. */
function closing({ definition: { id }, identifier, fields, termFiles }: Proposal, made: Made, flags: NewFlags): string[] {
  const unsure = fields.filter(({ certainty }) => certainty < 0.6).map(({ field }) => field);
  const left = [
    ...(flags.publisher === undefined ? ["the publisher's name, kind and territory"] : []),
    ...(flags.licence === undefined ? ["the licence, if one is recorded somewhere"] : []),
    ...(unsure.length > 0 ? [`fields that are little certain: ${unsure.join(", ")}`] : []),
    ...(termFiles.length > 0
      ? [`words: ${termFiles.map(({ name, rows, open }) => `${name} (${rows.length} suggested, ${open.length} open)`).join(", ")}`]
      : []),
    "a name for the fixture that says what it shows, and a schedule",
  ];
  return [
    ...made.files.map(({ path }) => `${flags.dryRun ? "would write" : "written"}: ${path}`),
    "",
    "left for a person:",
    ...left.map((line) => `  - ${line}`),
    ...(identifier.isFragile
      ? ["", "to send to the publisher:", `  ${askForIdentifier(identifier.chosen.from, identifier.chosen.evidence)}`]
      : []),
    "",
    flags.dryRun
      ? "next: the same without --dry-run"
      : `next: moisson run ${id} --file ${/^https?:/i.test(flags.from) ? "<file>" : flags.from} --dry-run`,
  ];
}
