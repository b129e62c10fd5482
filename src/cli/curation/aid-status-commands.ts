import type { Command } from "commander";
import { decideSplit } from "../../curation/decide-merge.ts";
import { decidePublish, decideUnpublish } from "../../curation/decide-publication.ts";
import { decideReject, decideRestore } from "../../curation/decide-rejection.ts";
import type { CommandContext } from "../context.ts";
import { type ActFlags, actOnAids, addActFlags } from "./act-on-aids.ts";

const acts = [
  {
    kind: "publish",
    decide: decidePublish,
    description: "publish an aid, or all that a filter selects; refused while a field is missing",
    examples: ["departement-drome/162", "--connector departement-drome --status reviewable"],
  },
  {
    kind: "unpublish",
    decide: decideUnpublish,
    description: "make a published aid a draft: off the site until it is published again",
    examples: ['departement-drome/162 --note "to be rewritten"'],
  },
  {
    kind: "reject",
    decide: decideReject,
    description: "reject an aid: it stays off whatever its feed says, and is never created again",
    examples: ['departement-drome/162 --note "a prize, not an aid"', "--connector departement-drome --search concours"],
  },
  {
    kind: "restore",
    decide: decideRestore,
    description: "take back a rejection, a withdrawal by a person or a suspension",
    examples: ["departement-drome/162"],
  },
  {
    kind: "split",
    decide: decideSplit,
    description: "take back a merge: the aid waits for review again",
    examples: ["departement-drome/162"],
  },
] as const;

/** `aid publish`, `unpublish`, `reject`, `restore`, `split`: on an aid, or on all that a filter selects. */
export function addStatusCommands(aid: Command, open: () => CommandContext): void {
  for (const { kind, decide, description, examples } of acts) {
    const command = aid.command(kind).description(description).argument("[aid]", "aidId, or connector/externalId; none with a filter");
    addActFlags(command)
      .addHelpText("after", `\nExamples:\n${examples.map((example) => `  moisson aid ${kind} ${example}`).join("\n")}`)
      .action((named: string | undefined, flags: ActFlags) => actOnAids(open(), named, flags, { kind, asked: {}, decide }));
  }
}
