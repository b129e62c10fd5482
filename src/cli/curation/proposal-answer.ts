import type { Command } from "commander";
import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { type Answer, decideAnswer } from "../../curation/decide-answer.ts";
import { type AidField, aidFields } from "../../model/aid/aid.ts";
import type { CommandContext } from "../context.ts";
import { addCuratorFlags, type CuratorFlags, curatorOf } from "../curator-options.ts";
import { NotDone, WrongUse } from "../exit.ts";
import { aidNamed } from "./aid-named.ts";
import { performActs } from "./perform-acts.ts";
import { addProposalFilterFlags, type ProposalFilterFlags, proposalFilterOf } from "./proposal-filter.ts";

interface AnswerFlags extends ProposalFilterFlags, CuratorFlags {
  yes?: true;
  json?: true;
}

/** `proposal accept` and `proposal refuse`: those that are named at once, those that a filter selects as an open plan. */
export function addAnswerCommand(proposal: Command, open: () => CommandContext, answer: Answer, description: string): void {
  const command = proposal
    .command(answer)
    .description(description)
    .argument("[proposal...]", "<aidId>:<field> or connector/externalId:<field>, as listed; none with a filter");
  addCuratorFlags(addProposalFilterFlags(command))
    .option("--yes", "with a filter: do it at once, in place of leaving an open plan")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Examples:
  moisson proposal ${answer} departement-drome/162:description --note "read with the publisher"
  moisson proposal ${answer} --connector departement-drome --field contact`,
    )
    .action(async (named: string[], flags: AnswerFlags) => {
      const isFiltered = [flags.connector, flags.field, flags.aid].some((given) => given !== undefined);
      if (isFiltered && named.length > 0) throw new WrongUse("either proposals or a filter, not both");
      if (!isFiltered && named.length === 0) throw new WrongUse("name proposals, or select them with --connector, --field, --aid");
      await (isFiltered ? answerSelected(open(), answer, flags) : answerNamed(open(), answer, named, flags));
    });
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

/** The publisher's id may hold a colon, a field does not. */
function placeOf(name: string): Place {
  const colon = name.lastIndexOf(":");
  const field = aidFields.find((candidate) => candidate === name.slice(colon + 1));
  if (colon < 1 || field === undefined) throw new WrongUse(`"${name}" is no <aidId>:<field> or connector/externalId:<field>`);
  return { aid: name.slice(0, colon), field };
}

/** Throws `NotDone` where there is no such aid, or nothing waits there: none of them is answered then. */
async function chosenProposals(catalogue: Catalogue, places: readonly Place[]) {
  const aids: CuratedAid[] = [];
  const fieldsOf = new Map<string, AidField[]>();
  for (const { aid: name, field } of places) {
    const aid = await aidNamed(catalogue, name);
    if (!(field in aid.proposals))
      throw new NotDone(`no proposal waits on ${name}:${field}; \`moisson proposal list\` lists those that do`);
    const fields = fieldsOf.get(aid.aidId);
    if (fields === undefined) aids.push(aid);
    fieldsOf.set(aid.aidId, [...(fields ?? []), field]);
  }
  return { aids, fieldsOf };
}
