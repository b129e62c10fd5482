import type { Command } from "commander";
import { decideMerge } from "../../curation/decide-merge.ts";
import type { CommandContext } from "../context.ts";
import { addCuratorFlags, type CuratorFlags, curatorOf } from "../curator-options.ts";
import { aidNamed } from "./aid-named.ts";
import { performActs } from "./perform-acts.ts";

/** `aid merge`: an aid into another one that says the same. */
export function addAidMergeCommand(aid: Command, open: () => CommandContext): void {
  const command = aid
    .command("merge")
    .description("merge an aid into another one that says the same: it goes, is never created again, and leads to the other")
    .argument("<aid>", "aidId, or connector/externalId")
    .argument("<into>", "the aid that stays");
  addCuratorFlags(command)
    .option("--json", "print JSON")
    .addHelpText("after", '\nExamples:\n  moisson aid merge departement-drome/162 ademe-agir/12 --note "the same call"')
    .action(async (named: string, into: string, flags: CuratorFlags & { json?: true }) => {
      const { terminal, environment, withCatalogue } = open();
      await withCatalogue(async (catalogue, { clock }) => {
        const curator = curatorOf(flags, environment, clock.now());
        const merged = await aidNamed(catalogue, named);
        const stays = await aidNamed(catalogue, into);
        const act = { kind: "merge", asked: { aid: named, into }, connector: merged.connector, aids: [[merged]], isNamed: true } as const;
        await performActs(catalogue, curator, { ...act, decide: (found) => decideMerge(found, stays, curator) }, terminal, flags);
      });
    });
}
