import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import { type Acceptance, decideSuggestion } from "../../curation/decide-suggestion.ts";
import type { Curator } from "../../curation/person-plan.ts";
import { suggestionsOf, takesSuggestions } from "../../curation/waiting-suggestions.ts";
import type { AidField } from "../../model/aid/aid.ts";
import { suggestionRules } from "../../model/aid/suggestion.ts";
import type { CommandContext, OpenContext } from "../context.ts";
import { WrongUse } from "../exit.ts";
import { type CuratorFlags, curatorOf } from "../options.ts";
import { knownName } from "../read-argument.ts";
import { aidNamed, fieldNamed } from "./aid-filter.ts";
import { decideStanding } from "./decide-standing.ts";
import { performActs } from "./perform-acts.ts";

/** Options of `suggestions accept`. */
interface AcceptFlags extends CuratorFlags {
  connector?: string;
  field?: string;
  rule?: string;
  standing?: true;
  forPublisher?: true;
  yes?: true;
  json?: true;
}

/** Accepts a suggestion of one aid, or the sure suggestions of a connector's aids through an open plan. */
export async function acceptSuggestions(
  open: OpenContext,
  named: string | undefined,
  field: string | undefined,
  flags: AcceptFlags,
): Promise<void> {
  if (named !== undefined && flags.connector !== undefined) throw new WrongUse(`give an aid (${named}) or --connector, not both`);
  const context = await open();
  if (flags.connector !== undefined) return acceptSure(context, flags.connector, flags);
  if (named === undefined || field === undefined) throw new WrongUse("name an aid and a field, or select aids with --connector");
  return acceptOne(context, named, fieldNamed(field), flags);
}

async function acceptOne(context: CommandContext, named: string, field: AidField, flags: AcceptFlags): Promise<void> {
  const { terminal, environment, withCatalogue } = context;
  const wanted: Acceptance = { field, ...ruleOf(flags), isSeen: true };
  await withCatalogue(async (catalogue, { clock }) => {
    const curator = curatorOf(flags, environment, clock.now());
    const aid = await aidNamed(catalogue, named);
    const decide = (each: CuratedAid) => decideSuggestion(each, wanted, suggestionsOf(each), curator);
    const act = { kind: "suggest", asked: { aid: named, field }, connector: aid.connector, aids: [[aid]], decide, isNamed: true } as const;
    await performActs(catalogue, curator, act, terminal, flags);
  });
}

async function acceptSure(context: CommandContext, connector: string, flags: AcceptFlags): Promise<void> {
  const { terminal, environment, withCatalogue } = context;
  const wanted: Acceptance = { field: flags.field === undefined ? null : fieldNamed(flags.field), ...ruleOf(flags), isSeen: false };
  await withCatalogue(async (catalogue, { clock }) => {
    const curator = curatorOf(flags, environment, clock.now());
    if (flags.standing) {
      const { field, rule = null } = wanted;
      if (field === null) throw new WrongUse("--standing needs --field");
      const decision = { kind: "fill", field, rule, value: null, condition: null } as const;
      return decideStanding(context, catalogue, curator, connector, decision, flags);
    }
    const decide = (aid: CuratedAid, by: Curator = curator) => decideSuggestion(aid, wanted, suggestionsOf(aid), by);
    const { field, rule } = flags;
    const asked = { connector, ...(field && { field }), ...(rule && { rule }) };
    const filter = { connector, ...(wanted.field !== null && { lacks: wanted.field }) };
    const aids = open(catalogue.aids.curated(filter));
    await performActs(catalogue, curator, { kind: "suggest", asked, connector, aids, decide, isNamed: false }, terminal, flags);
  });
}

async function* open(pages: AsyncIterable<readonly CuratedAid[]>): AsyncGenerator<readonly CuratedAid[]> {
  for await (const page of pages) yield page.filter(takesSuggestions);
}

function ruleOf({ rule }: AcceptFlags): Pick<Acceptance, "rule"> {
  return rule === undefined ? {} : { rule: knownName("unknown rule", rule, suggestionRules) };
}
