import { rm } from "node:fs/promises";
import { askForIdentifier } from "../../french/survey.ts";
import { FeedUnreadable } from "../../model/run/run-error.ts";
import { mayBeAids } from "../../model/survey/file-kind.ts";
import { createClock } from "../../platform/clock.ts";
import { makeSpoolFolder } from "../../platform/spool-folder.ts";
import { loadTermFiles } from "../../registry/terms/load-term-files.ts";
import { readDecidedTerms } from "../../registry/terms/read-decided-terms.ts";
import { fieldsNotFound } from "../../survey/propose/fields-not-found.ts";
import type { Proposal, ProposalOptions } from "../../survey/propose/proposal.ts";
import { proposeConnector } from "../../survey/propose/propose-connector.ts";
import { publisherOf } from "../../survey/propose/publisher-of.ts";
import { type FileVerdict, fileVerdict } from "../../survey/read/file-verdict.ts";
import { publishableShare } from "../../survey/sample/publishable-share.ts";
import { surveyFeed } from "../../survey/survey-feed.ts";
import type { CommandContext } from "../context.ts";
import { runErrorMessage } from "../english/runs.ts";
import { fileKind, surveyEvidence } from "../english/survey.ts";
import { exitCodes, NotDone, WrongUse } from "../exit.ts";
import { renderSurvey, shareLines } from "../render/render-survey.ts";
import { makeConnector } from "./make-connector.ts";
import { surveySource } from "./survey-source.ts";

/** Options of `moisson connector new`. */
export interface NewFlags {
  from: string;
  and?: string;
  list?: number;
  into?: string;
  publisher?: string;
  kind?: string;
  territory?: string;
  licence?: string;
  json?: true;
  dryRun?: true;
  force?: true;
  anyway?: true;
}

/** Analyses a feed and writes a draft connector. */
export async function newConnector(context: CommandContext, id: string, flags: NewFlags): Promise<void> {
  const spool = await makeSpoolFolder();
  try {
    process.exitCode = await surveyAndWrite(context, id, flags, spool);
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
  const place = { spoolFolder: spool, list: flags.list ?? 1 };
  const { part, feed, address } = await surveySource(flags.from, id, context, place);
  const older = flags.and === undefined ? undefined : (await surveySource(flags.and, id, context, place)).part;
  const timeZone = found.publisher.kind === "european" ? "Europe/Brussels" : "Europe/Paris";
  const today = createClock(context.config.fixedNow).now().toISOString().slice(0, 10);
  const survey = await surveyFeed(part, { timeZone, today, ...(older && { older }), ...(address !== undefined && { address }) }).catch(
    withAdvice,
  );
  const verdict = fileVerdict(survey);
  const isDoubtful = !mayBeAids(verdict.kind) && flags.anyway !== true;
  if (isDoubtful && verdict.isFirm)
    throw new NotDone(`${otherContents(flags.from, verdict)}; --anyway writes a connector for it nevertheless`);
  if (isDoubtful) terminal.err(`warning: ${otherContents(flags.from, verdict)}; it has too few records to be sure, so check it`);
  const options: ProposalOptions = {
    id,
    feed,
    ...found,
    isPublisherGiven: flags.publisher !== undefined,
    knownTerms: await readDecidedTerms(folders),
  };
  const { lookup } = await loadTermFiles(folders, id);
  const proposal = proposeConnector(survey, lookup, options);
  const share = await publishableShare(survey, proposal, lookup);
  const made = await makeConnector(context, survey, proposal, flags);
  if (flags.json) {
    const { records: _, older: __, pages: ___, ...shown } = survey;
    terminal.out(JSON.stringify({ verdict, survey: shown, proposal, publishable: share, files: made.files }, null, 2));
    return exitCodes.success;
  }
  terminal.out(renderSurvey(survey, verdict, proposal, terminal.colors));
  if (share !== null) terminal.out(`\n${shareLines(share).join("\n")}`);
  terminal.out(`\n${closing(proposal, made, flags).join("\n")}`);
  return exitCodes.success;
}

/** Returns what a file contains instead of aids, and why. */
function otherContents(from: string, { kind, evidence }: FileVerdict): string {
  const why = evidence.map(surveyEvidence).join("; ");
  return `${from} is ${fileKind(kind)}, not a list of aids (${why})`;
}

/** Adds advice to the error for a web page. */
function withAdvice(error: unknown): never {
  if (!(error instanceof FeedUnreadable) || error.code !== "html-page") throw error;
  const advice =
    "give the address of the page, so that its list and pages can be read, or ask the publisher for the data behind it (an export, an API)";
  throw new NotDone(`${runErrorMessage(error.code, error.params)}; ${advice}`);
}

type Made = Awaited<ReturnType<typeof makeConnector>>;

/** Returns the files written, the open tasks and the next command. */
function closing({ definition: { id }, identifier, fields, termFiles }: Proposal, made: Made, flags: NewFlags): string[] {
  const unsure = fields.filter(({ certainty }) => certainty < 0.6).map(({ field }) => field);
  const notFound = fieldsNotFound(fields);
  const left = [
    ...(notFound.length > 0 ? [`fields that were not found and that every aid needs to be published: ${notFound.join(", ")}`] : []),
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
