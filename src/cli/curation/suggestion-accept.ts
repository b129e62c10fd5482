import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import { decideSuggestion } from "../../curation/decide-suggestion.ts";
import { suggestionRules } from "../../model/aid/suggestion.ts";
import type { CommandContext } from "../context.ts";
import { type CuratorFlags, curatorOf } from "../options.ts";
import { knownName } from "../read-argument.ts";
import { aidNamed, fieldNamed } from "./aid-filter.ts";
import { performActs } from "./perform-acts.ts";

/** Options of `suggestions accept`. */
interface AcceptFlags extends CuratorFlags {
  rule?: string;
  json?: true;
}

/** Accepts a suggestion of one aid. */
export async function acceptSuggestion(
  { terminal, environment, withCatalogue }: CommandContext,
  named: string,
  fieldName: string,
  flags: AcceptFlags,
): Promise<void> {
  const field = fieldNamed(fieldName);
  const rule = flags.rule === undefined ? undefined : knownName("unknown rule", flags.rule, suggestionRules);
  await withCatalogue(async (catalogue, { clock }) => {
    const curator = curatorOf(flags, environment, clock.now());
    const aid = await aidNamed(catalogue, named);
    const decide = (each: CuratedAid) => decideSuggestion(each, field, curator, rule);
    const act = { kind: "suggest", asked: { aid: named, field }, connector: aid.connector, aids: [[aid]], decide, isNamed: true } as const;
    await performActs(catalogue, curator, act, terminal, flags);
  });
}
