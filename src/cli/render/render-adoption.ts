import type { Adoption, LiveCatalogue } from "../../curation/adopt-live-aids.ts";
import type { LivePair } from "../../curation/match-live-aids.ts";
import type { Change } from "../../model/plan/plan.ts";
import { inert } from "../printable.ts";
import type { Terminal } from "../terminal.ts";
import { renderLiveAid, renderLivePair, section, unreadByField } from "./live-pair.ts";
import { renderChange } from "./render-change.ts";

/**
 * Renders the plan to adopt live aids: the counts, the pairs (least certain first), and the doubtful pairs for a person to check. `width`:
 * characters per line.
 */
export function renderAdoption(adoption: Adoption, live: LiveCatalogue, colors: Terminal["colors"], width: number): string {
  const { plan, matches, changes } = adoption;
  const { pairs, doubts, onlyLive, onlyOwn, ofOthers } = matches;
  const inPlan =
    plan === null ? "--json names all of them" : `\`moisson plan show ${plan.planId.slice(0, 8)}\` and --json show all of them`;
  const titleOf = new Map(pairs.map(({ own }) => [own.aidId, own.title]));
  const shown = (change: Change) => renderChange(change, colors, { width, whole: false, titleOf: titleOf.get(change.aidId) ?? "" });
  const leastCertainFirst = [...changes].sort((a, b) => (a.match?.certainty ?? 0) - (b.match?.certainty ?? 0));
  return [
    `${live.aids.length} live aids in ${inert(live.file)}:`,
    line(pairs.length - changes.length, "taken over already, nothing to do"),
    line(changes.length, `to take over${changes.length === 0 ? "" : `: ${sum(changes)}`}`),
    line(doubts.length, "doubtful pairs: not taken over, decide by hand"),
    line(onlyLive.length, "that look like this publisher's and are not in its feed"),
    line(ofOthers, "of other publishers"),
    `${onlyOwn.length} aids of the feed are not online; they stay as they are`,
    ...section(colors.bold("to take over, the least certain first"), leastCertainFirst, shown, inPlan),
    ...section(colors.bold("doubtful pairs, perhaps the same aid"), doubts, (pair) => renderLivePair(pair, colors), inPlan),
    ...section(colors.bold("no aid of the feed is one of these"), onlyLive, (aid) => `  ${renderLiveAid(aid)}`, inPlan),
    ...unread(pairs, colors),
  ].join("\n");
}

function line(count: number, words: string): string {
  return `${String(count).padStart(7)}  ${words}`;
}

/** Summarises the statuses and the edits that are kept. */
function sum(changes: readonly Change[]): string {
  const published = changes.filter(({ state }) => state?.status === "published").length;
  const renamed = changes.filter(({ fields }) => fields.name !== undefined).length;
  const edited = changes.reduce((total, { fields }) => total + Object.keys(fields).length, 0);
  return `${published} become published, ${edited} values kept as edits, ${renamed} of them titles`;
}

/** Lists unreadable values. They become no edit: the publisher's value is shown instead, and somebody should check it. */
function unread(pairs: readonly LivePair[], colors: Terminal["colors"]): string[] {
  const fields = unreadByField(pairs);
  return section(
    colors.bold("values that could not be read: the publisher's are shown instead"),
    Object.entries(fields),
    ([field, { count, examples }]) => `  ${field}: ${count}, for example ${inert(examples.join(", ").replace(/\s+/g, " "))}`,
    "--json names all of them",
  );
}
