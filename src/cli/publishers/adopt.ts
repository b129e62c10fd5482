import type { Command } from "commander";
import { type Adoption, adoptLiveAids, type LiveCatalogue } from "../../curation/adopt-live-aids.ts";
import { applyActs } from "../../curation/plan-acts.ts";
import { adoptionNote, nothingHeldMessage } from "../../english/adoption.ts";
import type { CommandContext } from "../context.ts";
import { addCuratorFlags, type CuratorFlags, curatorOf } from "../curator-options.ts";
import { NotDone } from "../exit.ts";
import { renderAdoption } from "../render/adoption.ts";
import { changeJson } from "../render/change-json.ts";
import { liveAidJson, livePairJson, ownAidJson } from "../render/live-json.ts";
import { unreadByField } from "../render/unread-by-field.ts";
import { adoptingConnector, readLiveExport } from "./live-export.ts";

interface AdoptFlags extends CuratorFlags {
  from: string;
  yes?: true;
  json?: true;
}

/** `moisson adopt`: takes over what is online of a publisher, with what curators made of it. */
export function addAdoptCommand(program: Command, open: () => CommandContext): void {
  const command = program
    .command("adopt")
    .description("take over a publisher's aids that are online: their status, and their rewritten titles and texts as edits")
    .argument("<connector>", "connector that has brought the publisher's aids")
    .requiredOption("--from <export>", "what is online: JSON of Aides-territoires' API, all pages of it")
    .option("--yes", "apply the plan at once; without, it is left open")
    .option("--json", "print pairs, doubts and the rest as JSON");
  addCuratorFlags(command)
    .addHelpText(
      "after",
      `
Examples:
  moisson adopt departement-drome --from export.json           the plan, open: read it with \`moisson plan show\`
  moisson adopt departement-drome --from export.json --yes     done at once; \`moisson undo <plan>\` takes it back

Run the connector first. \`moisson run <connector> --compare --from <export>\` says beforehand what differs. See docs/taking-over.md.`,
    )
    .action(async (id: string, flags: AdoptFlags) => {
      const context = open();
      await context.withConnectors(() => adopt(context, id, flags));
    });
}

async function adopt(context: CommandContext, id: string, flags: AdoptFlags): Promise<void> {
  const { terminal, environment } = context;
  const connector = await adoptingConnector(context, id);
  const live = await readLiveExport(flags.from);
  await context.withCatalogue(async (catalogue, { clock }) => {
    const given = curatorOf(flags, environment, clock.now());
    const curator = { ...given, note: given.note ?? adoptionNote(live.file) };
    if ((await catalogue.aids.count(id)) === 0) throw new NotDone(nothingHeldMessage(id));
    const adoption = await adoptLiveAids(catalogue, curator, connector, live);
    if (!flags.json) terminal.out(renderAdoption(adoption, live, terminal.colors, process.stdout.columns ?? 120));
    const isApplied = flags.yes === true && adoption.plan !== null;
    if (isApplied) await applyActs(catalogue, adoption.plan.planId, curator, false);
    if (flags.json) terminal.out(JSON.stringify(adoptionJson(adoption, id, live, isApplied), null, 2));
    else terminal.out(`\n${lastLine(adoption, isApplied)}`);
  });
}

function lastLine({ plan }: Adoption, isApplied: boolean): string {
  if (plan === null) return "nothing to take over";
  const id = plan.planId.slice(0, 8);
  if (isApplied) return `plan ${plan.planId}: ${plan.changes} aids taken over; \`moisson undo ${id}\` takes that back`;
  return `plan ${plan.planId} is open, nothing is done yet: \`moisson plan apply ${id}\` does it (so does --yes), \`moisson plan discard ${id}\` drops it`;
}

function adoptionJson({ plan, matches, changes }: Adoption, connector: string, live: LiveCatalogue, isApplied: boolean): unknown {
  const { pairs, doubts, onlyLive, onlyOwn, ofOthers } = matches;
  return {
    planId: plan?.planId ?? null,
    connector,
    state: plan === null ? null : isApplied ? "applied" : "open",
    from: live.file,
    counts: {
      live: live.aids.length,
      pairs: pairs.length,
      changes: changes.length,
      doubts: doubts.length,
      onlyLive: onlyLive.length,
      onlyOwn: onlyOwn.length,
      ofOthers,
    },
    pairs: pairs.map(livePairJson),
    changes: changes.map(changeJson),
    doubts: doubts.map(livePairJson),
    onlyLive: onlyLive.map(liveAidJson),
    onlyOwn: onlyOwn.map(ownAidJson),
    unread: unreadByField(pairs),
  };
}
