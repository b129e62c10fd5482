import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { type Answer, decideAnswer } from "../../curation/decide-answer.ts";
import { type WaitingProposal, waitingProposals } from "../../curation/waiting-proposals.ts";
import { type AidField, aidFields } from "../../model/aid/aid.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { CommandContext, OpenContext } from "../context.ts";
import { NotDone, WrongUse } from "../exit.ts";
import { type CuratorFlags, curatorOf } from "../options.ts";
import { inert } from "../printable.ts";
import { fieldDifference } from "../render/field-difference.ts";
import { layOut } from "../render/lay-out.ts";
import { parisTime } from "../render/paris-time.ts";
import type { Terminal } from "../terminal.ts";
import { aidNamed, proposalFilterOf } from "./aid-filter.ts";
import type { ProposalFilterFlags } from "./aid-options.ts";
import { performActs } from "./perform-acts.ts";

const defaultLimit = 50;

/** Lists the proposals that wait, the nearest deadline first. */
export async function listProposals(
  { terminal, withCatalogue }: CommandContext,
  flags: ProposalFilterFlags & { limit?: number; json?: true },
): Promise<void> {
  const filter = proposalFilterOf(flags);
  await withCatalogue(async (catalogue, { clock }) => {
    const { proposals, count } = await waitingProposals(catalogue.aids.curated(filter), {
      ...(filter.proposed !== true && { field: filter.proposed }),
      limit: flags.limit ?? (flags.json ? Number.POSITIVE_INFINITY : defaultLimit),
      today: parisDay(clock.now()),
    });
    if (flags.json) return terminal.out(JSON.stringify(proposals.map(proposalJson), null, 2));
    if (count === 0) return terminal.out("no proposals wait");
    for (const waiting of proposals) terminal.out(proposalShown(waiting, terminal));
    const shown = proposals.length < count ? `, ${proposals.length} shown` : "";
    terminal.err(`${count} ${count === 1 ? "proposal waits" : "proposals wait"}${shown}`);
  });
}

function proposalJson({ title: _, deadline: __, ...proposal }: WaitingProposal): unknown {
  return proposal;
}

/** Renders a proposal: its id, the aid, and the difference in words. */
function proposalShown(
  { connector, externalId, field, title, deadline, ...proposal }: WaitingProposal,
  { colors, columns }: Terminal,
): string {
  const margin = "    ";
  const width = columns - margin.length;
  const until = deadline === null ? "no deadline" : `until ${deadline}`;
  const edited = proposal.editedBy === null ? "" : `, shown as ${proposal.editedBy} corrected it`;
  const since = `proposed ${parisTime(proposal.since)} by run ${proposal.runId.slice(0, 8)}${edited}`;
  return [
    `${colors.bold(inert(`${connector}/${externalId}:${field}`))}  ${inert(title)}  (${until})`,
    `${margin}${colors.dim(inert(since))}`,
    ...layOut(fieldDifference(field, proposal.current, proposal.incoming, false), colors, width).map((line) => margin + line),
  ].join("\n");
}

interface AnswerFlags extends ProposalFilterFlags, CuratorFlags {
  yes?: true;
  json?: true;
}

/** Accepts or refuses proposals: named ones at once, those that a filter selects through an open plan. */
export async function answerProposals(open: OpenContext, answer: Answer, named: readonly string[], flags: AnswerFlags): Promise<void> {
  const isFiltered = [flags.connector, flags.field, flags.aid].some((given) => given !== undefined);
  if (isFiltered && named.length > 0) throw new WrongUse("give proposals or a filter, not both");
  if (!isFiltered && named.length === 0) throw new WrongUse("name proposals, or select them with --connector, --field, --aid");
  await (isFiltered ? answerSelected(await open(), answer, flags) : answerNamed(await open(), answer, named, flags));
}

async function answerSelected({ terminal, environment, withCatalogue }: CommandContext, answer: Answer, flags: AnswerFlags): Promise<void> {
  const filter = proposalFilterOf(flags);
  const wanted = filter.proposed === true ? null : [filter.proposed];
  await withCatalogue(async (catalogue, { clock }) => {
    const curator = curatorOf(flags, environment, clock.now());
    const { connector, field, aid } = flags;
    const act = { kind: answer, asked: { connector, field, aid }, connector: filter.connector ?? null, isNamed: false };
    const decide = (found: CuratedAid) => decideAnswer(found, answer, wanted, curator);
    await performActs(catalogue, curator, { ...act, aids: catalogue.aids.curated(filter), decide }, terminal, flags);
  });
}

async function answerNamed(
  { terminal, environment, withCatalogue }: CommandContext,
  answer: Answer,
  named: readonly string[],
  flags: AnswerFlags,
): Promise<void> {
  const places = named.map(placeOf);
  await withCatalogue(async (catalogue, { clock }) => {
    const curator = curatorOf(flags, environment, clock.now());
    const { aids, fieldsOf } = await chosenProposals(catalogue, places);
    const connectors = new Set(aids.map(({ connector }) => connector));
    const [connector = null] = connectors.size === 1 ? connectors : [];
    const act = { kind: answer, asked: { proposals: named.join(", ") }, connector, isNamed: true };
    const decide = (found: CuratedAid) => decideAnswer(found, answer, fieldsOf.get(found.aidId) ?? [], curator);
    await performActs(catalogue, curator, { ...act, aids: [aids], decide }, terminal, flags);
  });
}

interface Place {
  readonly aid: string;
  readonly field: AidField;
}

/** Parses the name of a proposal. Splits at the last colon, because the publisher's id may contain one. */
function placeOf(name: string): Place {
  const colon = name.lastIndexOf(":");
  const field = aidFields.find((candidate) => candidate === name.slice(colon + 1));
  if (colon < 1 || field === undefined) throw new WrongUse(`"${name}": expected <aidId>:<field> or connector/externalId:<field>`);
  return { aid: name.slice(0, colon), field };
}

/** Returns the aids, and the fields of their proposals. Throws `NotDone` if an aid is unknown or has no proposal on the field. */
async function chosenProposals(catalogue: Catalogue, places: readonly Place[]) {
  const aids: CuratedAid[] = [];
  const fieldsOf = new Map<string, AidField[]>();
  for (const { aid: name, field } of places) {
    const aid = await aidNamed(catalogue, name);
    if (!(field in aid.proposals)) throw new NotDone(`no proposal waits on ${name}:${field}; \`moisson proposal list\` lists proposals`);
    const fields = fieldsOf.get(aid.aidId);
    if (fields === undefined) aids.push(aid);
    fieldsOf.set(aid.aidId, [...(fields ?? []), field]);
  }
  return { aids, fieldsOf };
}
