import type { FieldProposal, Proposal, Way } from "../../survey/propose/proposal.ts";
import type { FileVerdict } from "../../survey/read/file-verdict.ts";
import type { PublishableShare } from "../../survey/sample/publishable-share.ts";
import type { Survey } from "../../survey/survey.ts";
import { fileKind, sourceReason, surveyEvidence } from "../english/survey.ts";
import type { Terminal } from "../terminal.ts";

const maxSourceLength = 44;
const othersShown = 3;
const unreadShown = 40;
/** A proposal below this certainty is highlighted for review. */
const doubtful = 0.6;

/** Renders the analysis of a feed and the proposal: contents, fields, identifier, terms, and fields not read. */
export function renderSurvey(survey: Survey, verdict: FileVerdict, proposal: Proposal, colors: Terminal["colors"]): string {
  const { received, broken, reading, platform } = survey;
  const read = [
    reading.format,
    `${received} records`,
    ...(broken > 0 ? [`${broken} of them broken`] : []),
    ...(platform === null ? [] : [platform]),
  ];
  return [
    colors.bold(read.join(", ")),
    `  ${fileKind(verdict.kind)}: ${verdict.evidence.map(surveyEvidence).join("; ")}`,
    ...proposal.remarks.map((remark) => `  ${surveyEvidence(remark)}`),
    ...siteLines(survey),
    "",
    ...proposal.fields.map((field) => fieldLine(field, colors)),
    "",
    ...identifierLines(proposal, colors),
    ...termLines(proposal),
    ...unreadLines(proposal, colors),
  ].join("\n");
}

/** Renders the lists and feeds of a web page. */
function siteLines({ site }: Survey): string[] {
  if (site === null) return [];
  const list = ({ count, samples, records }: (typeof site.lists)[number], index: number) =>
    `  ${index === 0 ? "list" : "or   "} ${records} (${count}): ${samples.join(" | ")}`;
  return [...site.lists.map(list), ...site.feeds.map(({ kind, address }) => `  the page also names data (${kind}): ${address}`)];
}

/** Renders our field ← theirs, with certainty, evidence and an example. */
function fieldLine({ field, from, certainty, evidence, examples }: FieldProposal, colors: Terminal["colors"]): string {
  const sure = `${String(Math.round(certainty * 100)).padStart(3)} %`;
  const source = from.length === 0 ? "(the same for all)" : from.join(", ");
  const texts = evidence
    .map(surveyEvidence)
    .filter((text, index, all) => all.indexOf(text) === index && !text.endsWith("a usual name for it"));
  const example = examples[0] === undefined ? [] : [`e.g. ${examples[0]}`];
  const line = `${sure}  ${field.padEnd(24)} ← ${cut(source).padEnd(maxSourceLength)}  ${[...texts, ...example].join("; ")}`.trimEnd();
  return certainty < doubtful ? colors.yellow(line) : line;
}

function cut(text: string): string {
  return text.length > maxSourceLength ? `${text.slice(0, maxSourceLength - 1)}…` : text;
}

function identifierLines({ identifier: { chosen, others, isFragile } }: Proposal, colors: Terminal["colors"]): string[] {
  const why = ({ from, certainty, evidence }: Way) =>
    `${from.join(" + ")} (${Math.round(certainty * 100)} %): ${evidence.map(surveyEvidence).join("; ")}`;
  const head = isFragile ? colors.yellow("identifier, FRAGILE:") : "identifier:";
  return [`${head} ${why(chosen)}`, ...others.slice(0, othersShown).map((other) => `  or ${why(other)}`)];
}

function termLines({ termFiles }: Proposal): string[] {
  return termFiles.map(({ name, rows, open }) => {
    const words = new Set(rows.map(({ term }) => term)).size;
    const left =
      open.length === 0
        ? ""
        : `, ${open.length} without any: ${open
            .slice(0, 4)
            .map((term) => JSON.stringify(term))
            .join(", ")}${open.length > 4 ? ", …" : ""}`;
    return `words for ${name}: ${words} with a suggestion to be checked${left}`;
  });
}

function unreadLines({ unread }: Proposal, colors: Terminal["colors"]): string[] {
  if (unread.length === 0) return ["every field is read"];
  const shown = unread.slice(0, unreadShown).map(({ path, reason, example }) => {
    const note = reason === null ? (example === "" ? "empty" : example) : surveyEvidence(reason);
    return `  ${path}${colors.dim(`  ${note}`)}`;
  });
  const more = unread.length > unreadShown ? [`  … and ${unread.length - unreadShown} more`] : [];
  return [`not read (${unread.length}):`, ...shown, ...more];
}

/** Returns the share and the proposed values as lines. */
export function shareLines({ publishable, valid, unsaid, withUnsaid }: PublishableShare): string[] {
  const proposed = unsaid.map(({ field, lacking, values, reason }) => {
    const value = reason === null ? "no proposal" : `${values.join(", ")} (${sourceReason(reason)})`;
    return `  ${field.padEnd(24)} ${String(lacking).padStart(5)} aids without it: ${value}`;
  });
  return [
    `publishable: ${publishable} of ${valid} aids${withUnsaid > publishable ? `; ${withUnsaid} of ${valid} with one value for all aids:` : ""}`,
    ...proposed,
  ];
}
