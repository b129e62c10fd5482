import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { type Adoption, adoptLiveAids, type LiveCatalogue } from "../../curation/adopt-live-aids.ts";
import { applyActs } from "../../curation/plan-acts.ts";
import { textWithoutPeople } from "../../privacy/text-without-people.ts";
import type { CommandContext } from "../context.ts";
import { adoptionNote, nothingHeldMessage } from "../english/adoption.ts";
import { NotDone } from "../exit.ts";
import { type CuratorFlags, curatorOf } from "../options.ts";
import { changeJson } from "../render/change-json.ts";
import { liveAidJson, livePairJson, ownAidJson, unreadByField } from "../render/live-pair.ts";
import { renderAdoption } from "../render/render-adoption.ts";
import { adoptingConnector, readLiveExport } from "./live-export.ts";

/** Options of `moisson adopt`. */
export interface AdoptFlags extends CuratorFlags {
  from: string;
  yes?: true;
  json?: true;
}

/** Takes over the aids of a publisher that are online, through a plan. */
export async function adopt(context: CommandContext, id: string, flags: AdoptFlags): Promise<void> {
  await context.withConnectors(() => adoptAids(context, id, flags));
}

async function adoptAids(context: CommandContext, id: string, flags: AdoptFlags): Promise<void> {
  const { terminal, environment } = context;
  const connector = await adoptingConnector(context, id);
  const live = await readLiveExport(flags.from);
  await context.withCatalogue(async (catalogue, { clock }) => {
    const given = curatorOf(flags, environment, clock.now());
    const curator = { ...given, note: given.note ?? adoptionNote(live.file) };
    if ((await catalogue.aids.count(id)) === 0) throw new NotDone(nothingHeldMessage(id));
    const adoption = await adoptLiveAids(catalogue, curator, connector, live);
    if (!flags.json) terminal.out(renderAdoption(adoption, live, terminal.colors, terminal.columns));
    const isApplied = flags.yes === true && adoption.plan !== null;
    if (isApplied) await applyActs(catalogue, adoption.plan.planId, curator, false);
    const learned = flags.yes === true ? await learnNumbers(catalogue, live) : 0;
    if (learned > 0 && !flags.json) terminal.out(`learned the numbers of ${learned} organisations on the site, for the API`);
    if (flags.json) terminal.out(JSON.stringify({ ...adoptionJson(adoption, id, live, isApplied), learnedNumbers: learned }, null, 2));
    else terminal.out(`\n${lastLine(adoption, isApplied)}`);
  });
}

/** Stores the site's numbers of organisations that are no people. Returns how many were new. */
function learnNumbers(catalogue: Catalogue, { aids }: LiveCatalogue): Promise<number> {
  const backers = new Map(aids.flatMap(({ numberedBackers }) => numberedBackers.map((backer) => [backer.name, backer])));
  const open = [...backers.values()].filter(({ name }) => textWithoutPeople(name) === name);
  return catalogue.namedNumbers.learn("backer", open);
}

function lastLine({ plan }: Adoption, isApplied: boolean): string {
  if (plan === null) return "nothing to take over";
  const id = plan.planId.slice(0, 8);
  if (isApplied) return `plan ${plan.planId}: ${plan.changes} aids taken over; \`moisson undo ${id}\` reverts this`;
  return `plan ${plan.planId} is open, nothing is applied yet: \`moisson plan apply ${id}\` (or --yes) applies it, \`moisson plan discard ${id}\` discards it`;
}

function adoptionJson({ plan, matches, changes }: Adoption, connector: string, live: LiveCatalogue, isApplied: boolean) {
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
